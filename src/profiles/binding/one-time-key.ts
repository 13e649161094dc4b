import { createECDH, type ECDH } from 'node:crypto';
import type { Random } from '../../base/random.js';

/** The supported curves of SGP.22 2.6.7.1. */
export type CurveName = 'P-256' | 'brainpoolP256r1';

const openSslName: Readonly<Record<CurveName, string>> = {
  'P-256': 'prime256v1',
  brainpoolP256r1: 'brainpoolP256r1',
};

/** Raised if the peer's point is not on the curve. */
export class InvalidPointError extends Error {
  override readonly name = 'InvalidPointError';
}

/** A one-time key pair of the SM-DP+ (otSK.DP, otPK.DP). */
export class OneTimeKeyPair {
  readonly #ecdh: ECDH;

  private constructor(ecdh: ECDH) {
    this.#ecdh = ecdh;
  }

  static generate(curve: CurveName, random: Random): OneTimeKeyPair {
    for (;;) {
      try {
        return OneTimeKeyPair.of(curve, random.bytes(32));
      } catch {
        // About once in 2^32 draws, the scalar is zero or not below the order of the curve. Then draw again.
      }
    }
  }

  /** @param scalar 32 octets */
  static of(curve: CurveName, scalar: Buffer): OneTimeKeyPair {
    const ecdh = createECDH(openSslName[curve]);
    ecdh.setPrivateKey(scalar);
    return new OneTimeKeyPair(ecdh);
  }

  /** 32 octets. */
  get privateScalar(): Buffer {
    const scalar = this.#ecdh.getPrivateKey();
    return Buffer.concat([Buffer.alloc(32 - scalar.length), scalar]);
  }

  /** Uncompressed point, 65 octets. */
  get publicPoint(): Buffer {
    return this.#ecdh.getPublicKey();
  }

  /**
   * The shared secret: x coordinate, 32 octets.
   *
   * @throws InvalidPointError
   */
  agree(peerPoint: Buffer): Buffer {
    if (peerPoint.length !== 65 || peerPoint[0] !== 0x04)
      throw new InvalidPointError('not an uncompressed point');
    let secret: Buffer;
    try {
      secret = this.#ecdh.computeSecret(peerPoint);
    } catch (cause) {
      throw new InvalidPointError('not a point on the curve', { cause });
    }
    return Buffer.concat([Buffer.alloc(32 - secret.length), secret]);
  }
}
