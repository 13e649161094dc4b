import { createCipheriv } from 'node:crypto';

const blockSize = 16;
const zeroBlock = Buffer.alloc(blockSize);

/** AES-128-CMAC (RFC 4493) over the concatenation of `parts`: 16 octets. */
export function aesCmac(key: Buffer, ...parts: readonly Uint8Array[]): Buffer {
  const message = Buffer.concat(parts);
  const subkey1 = doubled(encryptBlocks(key, zeroBlock));
  const isComplete = message.length > 0 && message.length % blockSize === 0;
  const padded = isComplete
    ? message
    : Buffer.concat([message, Buffer.of(0x80)], Math.ceil((message.length + 1) / blockSize) * blockSize);
  const mask = isComplete ? subkey1 : doubled(subkey1);
  const last = padded.length - blockSize;
  for (let i = 0; i < blockSize; i++) padded[last + i]! ^= mask[i]!;
  return encryptBlocks(key, padded).subarray(last);
}

function encryptBlocks(key: Buffer, blocks: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, zeroBlock).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

/** Multiplication by x in GF(2^128), as RFC 4493 2.3 derives its subkeys. */
function doubled(block: Buffer): Buffer {
  const result = Buffer.alloc(blockSize);
  for (let i = 0; i < blockSize; i++) result[i] = (block[i]! << 1) | ((block[i + 1] ?? 0) >> 7);
  if (block[0]! & 0x80) result[blockSize - 1]! ^= 0x87;
  return result;
}
