import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { readTlv, tagName, tlvValue } from '../../wire/asn1/index.js';
import { maxSegmentOctets } from '../../wire/rsp/index.js';
import { aesCmac } from './aes-cmac.js';

/** Keys of ES8+: the session keys, or the keys of ReplaceSessionKeys. 16 octets each. */
export interface MessagingKeys {
  readonly macChainingValue: Buffer;
  readonly encryptionKey: Buffer;
  readonly macKey: Buffer;
}

/** A protected TLV is wrong. The eUICC reports `structure` as scp03tStructureError, and `security` as scp03tSecurityError. */
export class SecureMessagingError extends Error {
  override readonly name = 'SecureMessagingError';

  constructor(
    readonly kind: 'structure' | 'security',
    message: string,
  ) {
    super(message);
  }
}

const macOctets = 8;

/** Verifies and decrypts the TLVs of ES8+ in order (SGP.22 2.6.4, SCP03t). */
export class SecureMessaging {
  #keys: MessagingKeys;
  #counter = 1;

  /** @param longest the maximum length of a TLV, in octets */
  constructor(
    keys: MessagingKeys,
    private readonly longest: number = maxSegmentOctets,
  ) {
    this.#keys = keys;
  }

  /** Uses new keys for all further TLVs (ReplaceSessionKeys), and restarts the counter. */
  replaceKeys(keys: MessagingKeys): void {
    this.#keys = keys;
    this.#counter = 1;
  }

  /** Verifies and decrypts a TLV with tag `86` or `87`.
   *
   * @throws SecureMessagingError
   */
  decrypt(segment: Buffer, tag: 0x86 | 0x87): Buffer {
    const counter = this.#counter;
    const ciphertext = this.#verify(segment, tag);
    if (ciphertext.length === 0 || ciphertext.length % 16 !== 0) {
      throw new SecureMessagingError(
        'structure',
        `${ciphertext.length} octets of ciphertext are not whole AES blocks`,
      );
    }
    const decipher = createDecipheriv('aes-128-cbc', this.#keys.encryptionKey, this.#icv(counter));
    decipher.setAutoPadding(false);
    return withoutPadding(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  }

  /** Verifies a TLV with tag `88`, which is not encrypted, and returns its content.
   *
   * @throws SecureMessagingError
   */
  authenticate(segment: Buffer): Buffer {
    return this.#verify(segment, 0x88);
  }

  /** Checks the form and the MAC of a TLV. Then advances the MAC chain and the counter. */
  #verify(segment: Buffer, tag: number): Buffer {
    if (segment.length > this.longest) {
      throw new SecureMessagingError(
        'structure',
        `${tagName(tag)} has ${segment.length} octets, at most ${this.longest} are allowed`,
      );
    }
    const value = valueOf(segment, tag);
    const covered = segment.subarray(0, segment.length - macOctets);
    const mac = aesCmac(this.#keys.macKey, this.#keys.macChainingValue, covered);
    if (!timingSafeEqual(mac.subarray(0, macOctets), value.subarray(value.length - macOctets))) {
      throw new SecureMessagingError('security', `MAC of ${tagName(tag)} number ${this.#counter} is wrong`);
    }
    this.#keys = { ...this.#keys, macChainingValue: mac };
    this.#counter++;
    return value.subarray(0, value.length - macOctets);
  }

  #icv(counter: number): Buffer {
    const block = Buffer.alloc(16);
    block.writeUInt32BE(counter, 12);
    return createCipheriv('aes-128-ecb', this.#keys.encryptionKey, null).setAutoPadding(false).update(block);
  }
}

function valueOf(segment: Buffer, tag: number): Buffer {
  const tlv = readTlv(segment, 0, segment.length, 'minimal');
  if (tlv.tag !== tag || tlv.end !== segment.length) {
    throw new SecureMessagingError('structure', `expected one ${tagName(tag)}, got tag ${tagName(tlv.tag)}`);
  }
  const value = tlvValue(tlv);
  if (value.length < macOctets) throw new SecureMessagingError('structure', `${tagName(tag)} has no MAC`);
  return value;
}

function withoutPadding(padded: Buffer): Buffer {
  const end = padded.lastIndexOf(0x80);
  const isPadded = end >= padded.length - 16 && padded.subarray(end + 1).every((octet) => octet === 0);
  if (end < 0 || !isPadded) throw new SecureMessagingError('security', 'plaintext does not end in 80 00…');
  return padded.subarray(0, end);
}
