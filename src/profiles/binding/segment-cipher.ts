import { createCipheriv, type Cipher } from 'node:crypto';

const blockOctets = 16;

/**
 * The encryption of BSP (SGP.22 2.6.4): AES-CBC. The initial chaining vector of each segment is its counter, encrypted with the
 * same key.
 *
 * All segments form one CBC stream. XORing the first block of a segment with its vector and with the last ciphertext block gives the
 * same result as restarting the cipher with that vector. Creating a cipher object costs as much as encrypting a kilobyte, so two objects
 * serve the whole package.
 */
export class SegmentCipher {
  readonly #vectors: Cipher;
  readonly #stream: Cipher;
  #last = Buffer.alloc(blockOctets);

  /** @param key 16 octets */
  constructor(key: Buffer) {
    this.#vectors = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
    this.#stream = createCipheriv('aes-128-cbc', key, this.#last).setAutoPadding(false);
  }

  /** Pads and encrypts `data`. @param counter the number of the segment, counted through all segments of the package */
  encipher(counter: number, data: Buffer): Buffer {
    const plaintext = padded(data);
    const vector = this.#vectors.update(counterBlock(counter));
    for (let i = 0; i < blockOctets; i++) plaintext[i]! ^= vector[i]! ^ this.#last[i]!;
    const ciphertext = this.#stream.update(plaintext);
    this.#last = ciphertext.subarray(-blockOctets);
    return ciphertext;
  }
}

function counterBlock(counter: number): Buffer {
  const block = Buffer.alloc(blockOctets);
  block.writeUInt32BE(counter, blockOctets - 4);
  return block;
}

/** 80, then 00 up to a full block. */
function padded(data: Buffer): Buffer {
  const result = Buffer.alloc((Math.floor(data.length / blockOctets) + 1) * blockOctets);
  data.copy(result);
  result[data.length] = 0x80;
  return result;
}
