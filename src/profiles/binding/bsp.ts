import { tlvHeader } from '../../wire/asn1/index.js';
import { maxSegmentOctets } from '../../wire/rsp/index.js';
import { MacChain } from './cmac.js';
import { SegmentCipher } from './segment-cipher.js';
import type { ProtectionKeys } from './session-keys.js';

const macOctets = 8;

/** Data octets that fit into one TLV: 1020 minus a four-octet header and the MAC. */
const maxMacedData = maxSegmentOctets - 4 - macOctets;

/** Data octets that fit into one encrypted TLV, which has at least one octet of padding. */
const maxEncryptedData = maxMacedData - 1;

/**
 * Protects BPP data (SGP.22 2.6.4). TLVs 86 and 87 are encrypted and have a MAC. TLVs 88 have only a MAC. The block counter and the
 * MAC chain run through all TLVs in order of transmission.
 */
export class Bsp {
  readonly #cipher: SegmentCipher;
  readonly #macChain: MacChain;
  #counter = 1;

  constructor(keys: ProtectionKeys) {
    this.#cipher = new SegmentCipher(keys.enc);
    this.#macChain = new MacChain(keys.mac, keys.initialMacChainingValue);
  }

  /** Splits `data` into encrypted TLVs of the maximum size. */
  encrypt(tag: 0x86 | 0x87, data: Buffer): Buffer[] {
    return pieces(data, maxEncryptedData).map((piece) =>
      this.#seal(tag, this.#cipher.encipher(this.#counter, piece)),
    );
  }

  /** Splits `data` into unencrypted TLVs with a MAC. */
  authenticate(tag: 0x88, data: Buffer): Buffer[] {
    return pieces(data, maxMacedData).map((piece) => this.#seal(tag, piece));
  }

  /** The counter advances with every TLV, including those that are not encrypted. */
  #seal(tag: number, data: Buffer): Buffer {
    this.#counter++;
    const header = tlvHeader(tag, data.length + macOctets);
    const mac = this.#macChain.next(header, data);
    return Buffer.concat([header, data, mac.subarray(0, macOctets)]);
  }
}

function pieces(data: Buffer, size: number): Buffer[] {
  const list: Buffer[] = [];
  for (let at = 0; at < data.length; at += size) list.push(data.subarray(at, at + size));
  return list;
}
