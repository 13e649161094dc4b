import { LeastRecentlyUsed } from '../base/least-recently-used.js';
import type { Certificate } from './certificate.js';

/**
 * Caches verified EUM certificates by CI and exact octets, because a server sees few different EUM certificates, but sees each of them
 * very often. A cache is valid for one set of trusted CIs only.
 */
export class EumCache {
  readonly #verified: LeastRecentlyUsed<Certificate>;

  constructor(capacity = 256) {
    this.#verified = new LeastRecentlyUsed(capacity);
  }

  get(der: Buffer, ciKeyId: Buffer): Certificate | undefined {
    return this.#verified.get(keyOf(der, ciKeyId));
  }

  add(certificate: Certificate, ciKeyId: Buffer): void {
    this.#verified.set(keyOf(certificate.der, ciKeyId), certificate);
  }

  get size(): number {
    return this.#verified.size;
  }
}

const keyOf = (der: Buffer, ciKeyId: Buffer): string => ciKeyId.toString('hex') + der.toString('latin1');
