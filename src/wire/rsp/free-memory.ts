import { readAll } from '../asn1/index.js';

/**
 * The number of octets of free non-volatile memory, from tag 82 of `extCardResource` (ETSI TS 102 226 8.2.1.7.2). `undefined` if tag 82 is
 * missing or malformed. Also `undefined` if tag 83 (volatile memory) is missing, because some test tools send meaningless octets.
 */
export function freeMemory(extCardResource: Buffer): number | undefined {
  try {
    const found = new Map<number, number>();
    for (const { tag, valueStart, end } of readAll(extCardResource, 0, extCardResource.length, 'definite')) {
      const length = end - valueStart;
      if (length >= 1 && length <= 6) found.set(tag, extCardResource.readUIntBE(valueStart, length));
    }
    return found.has(0x83) ? found.get(0x82) : undefined;
  } catch {
    return undefined;
  }
}
