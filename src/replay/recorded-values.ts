import type { Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import { fromHex, type RecordedExchange } from '../api/recording/index.js';
import { membersOf } from '../instruments/journal/index.js';
import { verifyPlain, type Certificate, type Signer } from '../pki/index.js';
import { bodyOf } from './message.js';

/** The signature to use if the recorded signature does not verify over the data. */
export const noSignature = Buffer.alloc(64);

/** The random secrets of an exchange, in the order in which the server generates them. */
const randomSecrets = ['otSK.DP', 'PPK initialMacChainingValue', 'ppkEnc', 'ppkCmac'];

/**
 * Returns the values that the recorded server generated for an exchange: random octets, signatures, and defective certificates. Therefore
 * the replay needs no private key.
 */
export class RecordedValues implements Random {
  readonly #others = new SeededRandom('mock-smdp replay');
  #octets: Buffer[] = [];
  #signatures: Buffer[] = [];
  #certificate: Buffer | undefined;

  /** From now on, returns the values of this exchange. */
  load({ replay, secrets = {}, answer }: RecordedExchange): void {
    const drawn = randomSecrets.flatMap((name) => secrets[name] ?? []);
    this.#octets = [...replay.random, ...drawn].map(fromHex);
    this.#signatures = replay.signatures.map(fromHex);
    const { serverCertificate, smdpCertificate } = membersOf(bodyOf(answer)) ?? {};
    const certificate = serverCertificate ?? smdpCertificate;
    this.#certificate = typeof certificate === 'string' ? Buffer.from(certificate, 'base64') : undefined;
    this.#others.restart();
  }

  /** @returns the next recorded octets of this length; if none are left, other octets, which are the same in every run */
  bytes(count: number): Buffer {
    const at = this.#octets.findIndex(({ length }) => length === count);
    return at < 0 ? this.#others.bytes(count) : this.#octets.splice(at, 1)[0]!;
  }

  /** @returns a signer that gives the next recorded signature, or {@link noSignature} if the certificate does not verify it */
  signerFor = (certificate: Certificate): Signer => ({
    sign: (data) => {
      const signature = this.#signatures.shift();
      return signature && verifyPlain(certificate.publicKey, [data], signature) ? signature : noSignature;
    },
  });

  /** @returns the recorded certificate instead of a new defective copy of `der` */
  issue = (_defect: string, der: Buffer): Buffer => this.#certificate ?? der;
}
