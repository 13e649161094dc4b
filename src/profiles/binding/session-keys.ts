import { createHash } from 'node:crypto';
import { eidToOctets } from '../../wire/rsp/index.js';

/** Key type and key length of the control reference template: AES, 16 octets (SGP.22 5.5.1). */
export const keyTypeAes = Buffer.of(0x88);
export const keyLength = Buffer.of(0x10);

/** Keys that protect a part of a BPP: session keys or profile protection keys (PPK). */
export interface ProtectionKeys {
  readonly initialMacChainingValue: Buffer;
  readonly enc: Buffer;
  readonly mac: Buffer;
}

/**
 * Derives the session keys from an ECDH agreement (SGP.22 annex G: X9.63 KDF with SHA-256 over key type ‖ key length ‖ hostId-LV ‖
 * EID-LV).
 *
 * @param z the shared secret, 32 octets
 * @param hostId 1 to 16 octets, as in the control reference template
 * @param eid 32 digits
 */
export function deriveSessionKeys(z: Buffer, hostId: Buffer, eid: string): ProtectionKeys {
  const sharedInfo = Buffer.concat([keyTypeAes, keyLength, lv(hostId), lv(eidToOctets(eid))]);
  const material = Buffer.concat([hashBlock(z, 1, sharedInfo), hashBlock(z, 2, sharedInfo)]);
  return {
    initialMacChainingValue: material.subarray(0, 16),
    enc: material.subarray(16, 32),
    mac: material.subarray(32, 48),
  };
}

const lv = (value: Buffer): Buffer => Buffer.concat([Buffer.of(value.length), value]);

const hashBlock = (z: Buffer, counter: number, sharedInfo: Buffer): Buffer =>
  createHash('sha256')
    .update(z)
    .update(Buffer.of(0, 0, 0, counter))
    .update(sharedInfo)
    .digest();
