import type { Certificate } from './certificate.js';

/**
 * EUM certificates that were verified under a CI, by their exact octets: a server meets few of them, and each very
 * often. Bounded; the one that was not asked for longest goes first. Belongs to one set of trusted CIs.
 */
export class EumCache {
  readonly #verified = new Map<string, Certificate>();

  constructor(private readonly capacity = 256) {}

  get(der: Buffer, ciKeyId: Buffer): Certificate | undefined {
    const key = keyOf(der, ciKeyId);
    const found = this.#verified.get(key);
    if (found) {
      this.#verified.delete(key);
      this.#verified.set(key, found);
    }
    return found;
  }

  add(certificate: Certificate, ciKeyId: Buffer): void {
    this.#verified.set(keyOf(certificate.der, ciKeyId), certificate);
    if (this.#verified.size > this.capacity) {
      const [oldest] = this.#verified.keys();
      this.#verified.delete(oldest!);
    }
  }

  get size(): number {
    return this.#verified.size;
  }
}

const keyOf = (der: Buffer, ciKeyId: Buffer): string => ciKeyId.toString('hex') + der.toString('latin1');
