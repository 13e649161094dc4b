import { readAll } from '../asn1/index.js';

/**
 * Octets of free non-volatile memory in `extCardResource` (ETSI TS 102 226 8.2.1.7.2, tag 82); `undefined` if the figure is
 * missing or malformed. Some test tools send meaningless octets, so tag 83 (volatile memory) has to be present too.
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
