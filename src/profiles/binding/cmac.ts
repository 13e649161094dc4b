import { createCipheriv, type Cipher } from 'node:crypto';

const blockOctets = 16;
const zeroBlock = Buffer.alloc(blockOctets);

/**
 * The MAC chain of BSP (SGP.22 2.6.4.3): AES-CMAC (NIST SP 800-38B) over the previous MAC ‖ the data. Each MAC is the chaining value
 * of the next.
 *
 * A CMAC is the last block of a CBC encryption with a zero vector. Each message starts with the previous MAC. So all
 * messages form one CBC stream, with a zero block in place of each previous MAC, and one cipher object serves the whole package.
 */
export class MacChain {
  readonly #cipher: Cipher;
  readonly #completeKey: Buffer;
  readonly #paddedKey: Buffer;

  constructor(key: Buffer, initialMacChainingValue: Buffer) {
    this.#cipher = createCipheriv('aes-128-cbc', key, initialMacChainingValue).setAutoPadding(false);
    const l = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(zeroBlock);
    this.#completeKey = doubled(l);
    this.#paddedKey = doubled(this.#completeKey);
  }

  /** The 16-octet MAC of the next message. The message must not be empty. */
  next(...parts: readonly Buffer[]): Buffer {
    let message = Buffer.concat([zeroBlock, ...parts]);
    const over = message.length % blockOctets;
    const subkey = over === 0 ? this.#completeKey : this.#paddedKey;
    if (over > 0) {
      message = Buffer.concat([message, zeroBlock.subarray(over)]);
      message[message.length - blockOctets + over] = 0x80;
    }
    const last = message.subarray(-blockOctets);
    for (let i = 0; i < blockOctets; i++) last[i]! ^= subkey[i]!;
    return this.#cipher.update(message).subarray(-blockOctets);
  }
}

/** Multiplication by x in GF(2^128). */
function doubled(block: Buffer): Buffer {
  const result = Buffer.alloc(blockOctets);
  for (let i = 0; i < blockOctets; i++) result[i] = ((block[i]! << 1) | ((block[i + 1] ?? 0) >> 7)) & 0xff;
  if (block[0]! & 0x80) result[blockOctets - 1]! ^= 0x87;
  return result;
}
