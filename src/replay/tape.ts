import type { Random } from '../base/random.js';
import { SeededRandom } from '../base/seeded-random.js';
import { fromHex, type RecordedExchange } from '../api/recording/index.js';
import { membersOf } from '../instruments/journal/index.js';
import { verifyPlain, type Certificate, type Signer } from '../pki/index.js';
import { bodyOf } from './message.js';

/** Stands where no signature of the recording is valid over what is to be signed. */
export const noSignature = Buffer.alloc(64);

/** Secrets of an exchange that were drawn at random, in the order in which they are drawn. */
const drawnSecrets = ['otSK.DP', 'PPK initialMacChainingValue', 'ppkEnc', 'ppkCmac'];

/**
 * What the recorded server made up for an exchange, given out once more: random octets, signatures, and certificates that
 * were issued with a defect. No private key is needed for that.
 */
export class RecordedValues implements Random {
  readonly #others = new SeededRandom('mock-smdp replay');
  #octets: Buffer[] = [];
  #signatures: Buffer[] = [];
  #certificate: Buffer | undefined;

  /** Winds to an exchange. */
  load({ replay, secrets = {}, answer }: RecordedExchange): void {
    const drawn = drawnSecrets.flatMap((name) => secrets[name] ?? []);
    this.#octets = [...replay.random, ...drawn].map(fromHex);
    this.#signatures = replay.signatures.map(fromHex);
    const { serverCertificate, smdpCertificate } = membersOf(bodyOf(answer)) ?? {};
    const certificate = serverCertificate ?? smdpCertificate;
    this.#certificate = typeof certificate === 'string' ? Buffer.from(certificate, 'base64') : undefined;
    this.#others.restart();
  }

  /** The next octets of the recording of which there are as many; others, always the same, where there are none. */
  bytes(count: number): Buffer {
    const at = this.#octets.findIndex(({ length }) => length === count);
    return at < 0 ? this.#others.bytes(count) : this.#octets.splice(at, 1)[0]!;
  }

  /** Gives the next signature of the recording, where it is one over the data under this certificate. */
  signerFor = (certificate: Certificate): Signer => ({
    sign: (data) => {
      const signature = this.#signatures.shift();
      return signature && verifyPlain(certificate.publicKey, [data], signature) ? signature : noSignature;
    },
  });

  /** The certificate that was answered, in place of `der` with a defect. */
  issue = (_defect: string, der: Buffer): Buffer => this.#certificate ?? der;
}
