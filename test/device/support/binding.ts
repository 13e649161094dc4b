import { createCipheriv, createECDH, createHash, sign, type KeyObject } from 'node:crypto';
import { encode, tlv } from '../../../src/wire/asn1/index.js';
import { ControlRefTemplate } from '../../../src/wire/rsp/index.js';
import { aesCmac } from '../../../src/device/euicc/aes-cmac.js';
import type { MessagingKeys } from '../../../src/device/euicc/secure-messaging.js';

/** Protects TLVs as an SM-DP+ does, with every deviation that a test may want. */
export class Protector {
  counter = 1;

  constructor(public keys: MessagingKeys) {}

  segment(tag: 0x86 | 0x87 | 0x88, plaintext: Buffer): Buffer {
    const data = tag === 0x88 ? plaintext : this.#encrypted(plaintext);
    const header = tlv(tag, data, Buffer.alloc(8)).subarray(0, -(data.length + 8));
    const mac = aesCmac(this.keys.macKey, this.keys.macChainingValue, header, data);
    this.keys = { ...this.keys, macChainingValue: mac };
    this.counter++;
    return Buffer.concat([header, data, mac.subarray(0, 8)]);
  }

  #encrypted(plaintext: Buffer): Buffer {
    const { encryptionKey } = this.keys;
    const padded = Buffer.alloc(Math.ceil((plaintext.length + 1) / 16) * 16);
    plaintext.copy(padded);
    padded[plaintext.length] = 0x80;
    const counter = Buffer.alloc(16);
    counter.writeUInt32BE(this.counter, 12);
    const icv = createCipheriv('aes-128-ecb', encryptionKey, null).setAutoPadding(false).update(counter);
    return createCipheriv('aes-128-cbc', encryptionKey, icv).setAutoPadding(false).update(padded);
  }
}

/** What a bound profile package is made of; a test changes what it wants to see refused. */
export interface BindingInput {
  readonly transactionId: Buffer;
  readonly euiccOtpk: Buffer;
  readonly eid: string;
  readonly bindingKey: KeyObject;
  readonly metadata: Buffer;
  readonly profilePackage: Buffer;
  readonly curve?: string;
  readonly remoteOpId?: number;
  readonly keyType?: number;
  readonly keyLength?: number;
  readonly configureIsdp?: Buffer;
  readonly replacementKeys?: MessagingKeys;
  /** Plaintext octets in one `86`. */
  readonly segmentSize?: number;
  /** Changes a protected TLV. */
  readonly spoil?: (segment: Buffer, tag: number, index: number) => Buffer;
}

/** A bound profile package, written against the specification for these tests alone. */
export function bind(input: BindingInput): Buffer {
  const { transactionId, euiccOtpk, eid, bindingKey, metadata, profilePackage } = input;
  const { curve = 'prime256v1', remoteOpId = 1, keyType = 0x88, keyLength = 16, segmentSize = 1007 } = input;
  const ecdh = createECDH(curve);
  const smdpOtpk = ecdh.generateKeys();
  const hostId = Buffer.from('mocksmdp');
  const body = Buffer.concat([
    tlv(0x82, Buffer.of(remoteOpId)),
    tlv(0x80, transactionId),
    encode(ControlRefTemplate, { keyType: Buffer.of(keyType), keyLen: Buffer.of(keyLength), hostId }),
    tlv(0x5f49, smdpOtpk),
  ]);
  const signature = sign('sha256', Buffer.concat([body, tlv(0x5f49, euiccOtpk)]), {
    key: bindingKey,
    dsaEncoding: 'ieee-p1363',
  });
  const protector = new Protector(sessionKeys(ecdh.computeSecret(euiccOtpk), hostId, eid));
  let index = 0;
  const segment = (tag: 0x86 | 0x87 | 0x88, plaintext: Buffer): Buffer => {
    const protectedSegment = protector.segment(tag, plaintext);
    return input.spoil?.(protectedSegment, tag, index++) ?? protectedSegment;
  };

  const parts = [
    tlv(0xbf23, body, tlv(0x5f37, signature)),
    tlv(0xa0, segment(0x87, input.configureIsdp ?? Buffer.from('bf2400', 'hex'))),
    tlv(0xa1, ...pieces(metadata, 1008).map((piece) => segment(0x88, piece))),
  ];
  if (input.replacementKeys) {
    const { macChainingValue, encryptionKey, macKey } = input.replacementKeys;
    const request = tlv(0xbf26, tlv(0x80, macChainingValue), tlv(0x81, encryptionKey), tlv(0x82, macKey));
    parts.push(tlv(0xa2, segment(0x87, request)));
    protector.keys = input.replacementKeys;
    protector.counter = 1;
  }
  parts.push(tlv(0xa3, ...pieces(profilePackage, segmentSize).map((piece) => segment(0x86, piece))));
  return tlv(0xbf36, ...parts);
}

function sessionKeys(sharedSecret: Buffer, hostId: Buffer, eid: string): MessagingKeys {
  const info = Buffer.concat([
    Buffer.of(0x88, 0x10, hostId.length),
    hostId,
    Buffer.of(16),
    Buffer.from(eid, 'hex'),
  ]);
  const block = (number: number): Buffer =>
    createHash('sha256')
      .update(sharedSecret)
      .update(Buffer.of(0, 0, 0, number))
      .update(info)
      .digest();
  const data = Buffer.concat([block(1), block(2)]);
  return {
    macChainingValue: data.subarray(0, 16),
    encryptionKey: data.subarray(16, 32),
    macKey: data.subarray(32, 48),
  };
}

function pieces(octets: Buffer, size: number): Buffer[] {
  const result: Buffer[] = [];
  for (let at = 0; at < octets.length; at += size) result.push(octets.subarray(at, at + size));
  return result;
}
