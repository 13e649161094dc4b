import { tlvHeader } from '../../wire/asn1/index.js';
import { maxSegmentOctets } from '../../wire/rsp/index.js';
import { MacChain } from './cmac.js';
import { SegmentCipher } from './segment-cipher.js';
import type { ProtectionKeys } from './session-keys.js';

const macOctets = 8;

/** Room for data in one TLV: 1020 octets less a four-octet header and the MAC. */
const maxMacedData = maxSegmentOctets - 4 - macOctets;

/** The same for data that get padded with at least one octet and encrypted. */
const maxEncryptedData = maxMacedData - 1;

/**
 * The protection of BPP data (SGP.22 2.6.4): TLVs 86 and 87 encrypted and with a MAC, TLVs 88 with a MAC only. The block
 * counter and the MAC chain run through all of them in the order of transmission.
 */
export class Bsp {
  readonly #cipher: SegmentCipher;
  readonly #macChain: MacChain;
  #counter = 1;

  constructor(keys: ProtectionKeys) {
    this.#cipher = new SegmentCipher(keys.enc);
    this.#macChain = new MacChain(keys.mac, keys.initialMacChainingValue);
  }

  /** `data` as encrypted TLVs of the largest size that may be sent. */
  encrypt(tag: 0x86 | 0x87, data: Buffer): Buffer[] {
    return pieces(data, maxEncryptedData).map((piece) =>
      this.#seal(tag, this.#cipher.encipher(this.#counter, piece)),
    );
  }

  /** `data` in clear, as TLVs with a MAC. */
  authenticate(tag: 0x88, data: Buffer): Buffer[] {
    return pieces(data, maxMacedData).map((piece) => this.#seal(tag, piece));
  }

  /** The counter of the initial chaining vector advances with every TLV, those that are not encrypted included. */
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
