import { createECDH, createHash } from 'node:crypto';
import { eidToOctets } from '../../wire/rsp/index.js';
import type { MessagingKeys } from './secure-messaging.js';

/** The curves of SGP.22 2.6.7.1 that the virtual eUICC supports, with their names in node:crypto. */
export type Curve = 'prime256v1' | 'brainpoolP256r1';

/** A one-time key pair of the eUICC (otSK.EUICC.KA, otPK.EUICC.KA). */
export interface OneTimeKeyPair {
  readonly curve: Curve;
  readonly privateKey: Buffer;
  /** Uncompressed point, 65 octets. */
  readonly publicKey: Buffer;
}

/** Generates otSK.EUICC.KA and otPK.EUICC.KA. */
export function generateOneTimeKeyPair(curve: Curve): OneTimeKeyPair {
  const ecdh = createECDH(curve);
  const publicKey = ecdh.generateKeys();
  return { curve, privateKey: ecdh.getPrivateKey(), publicKey };
}

/**
 * Derives the session keys (SGP.22 2.6.4.3): ECDH, then the X9.63 KDF with SHA-256 over key type (88), key length (10),
 * HostID and EID.
 *
 * @throws Error when `smdpOtpk` is not a point on the curve
 */
export function deriveSessionKeys(
  own: OneTimeKeyPair,
  smdpOtpk: Buffer,
  hostId: Buffer,
  eid: string,
): MessagingKeys {
  const ecdh = createECDH(own.curve);
  ecdh.setPrivateKey(own.privateKey);
  const sharedSecret = ecdh.computeSecret(smdpOtpk);
  const keyData = x963Kdf(sharedSecret, sharedInfo(hostId, eid), 48);
  return {
    macChainingValue: keyData.subarray(0, 16),
    encryptionKey: keyData.subarray(16, 32),
    macKey: keyData.subarray(32, 48),
  };
}

function sharedInfo(hostId: Buffer, eid: string): Buffer {
  const eidOctets = eidToOctets(eid);
  return Buffer.concat([
    Buffer.of(0x88, 0x10, hostId.length),
    hostId,
    Buffer.of(eidOctets.length),
    eidOctets,
  ]);
}

function x963Kdf(sharedSecret: Buffer, info: Buffer, octets: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 1; blocks.length * 32 < octets; counter++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    blocks.push(createHash('sha256').update(sharedSecret).update(number).update(info).digest());
  }
  return Buffer.concat(blocks).subarray(0, octets);
}
