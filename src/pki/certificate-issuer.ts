import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { basename, parse } from 'node:path';
import { parseCertificate, type Certificate } from './certificate.js';
import { PkiError } from './errors.js';
import type { PkiWriter } from './folder-writer.js';
import type { Issued } from './issue-certificate.js';
import type { Changes } from './issue.js';
import { isValidAt, unusedFilesText, type FoundCredential, type Material } from './material.js';
import type { Curve } from './oids.js';

/** File name stems of the certificates and keys that the server itself needs. */
const neededToServe = /^(CI_|S_SM_D[PS])/;

const remedy = 'The server needs it: replace the file, or remove it, so that the server issues a new one.';

/** The names of the curves in SGP.26 file names. */
export const curveTokens = { 'P-256': 'NIST', brainpoolP256r1: 'BRP' } as const satisfies Record<
  Curve,
  string
>;

/** Issues the certificates that a folder lacks, and stores them in the folder under SGP.26 file names. */
export class CertificateIssuer {
  constructor(
    readonly material: Material,
    readonly writer: PkiWriter,
    readonly now: Date,
    readonly warn: (text: string) => void,
  ) {}

  /** The first credential that is valid now. If none is valid, the first credential. */
  best<T extends { certificate: Certificate }>(found: readonly T[]): T | undefined {
    return found.find(({ certificate }) => isValidAt(certificate, this.now)) ?? found[0];
  }

  /**
   * Returns the first of `found` that is valid now. If none is valid, issues a new certificate with the key of the first of
   * `found`. If `found` is empty, the key is new.
   *
   * @param stem the file name between `CERT_` and `.der`, and between `SK_` and `.pem`
   */
  async ensure(
    found: readonly FoundCredential[],
    stem: string,
    curve: Curve,
    issue: (changes: Changes) => Issued,
  ): Promise<FoundCredential> {
    const best = this.best(found);
    if (best && isValidAt(best.certificate, this.now)) return best;
    if (best) this.warn(`${best.file} is not valid on ${dayOf(this.now)}: reissued with the same key.`);
    return this.make(stem, curve, issue, best);
  }

  /**
   * Issues a certificate and stores it with its key.
   *
   * @param replaces the credential from which the new certificate takes its key. If the file of this credential is a
   * .der file directly in the folder, the new certificate overwrites the file
   */
  async make(
    stem: string,
    curve: Curve,
    issue: (changes: Changes) => Issued,
    replaces?: FoundCredential,
  ): Promise<FoundCredential> {
    if (!replaces) this.refuseToReplace(stem);
    const replace = replaces !== undefined && /^[^/\\]+\.der$/i.test(replaces.file);
    const name = replace ? undefined : this.#freeStem(stem);
    const file = replace ? replaces.file : `CERT_${name}.der`;
    const key = replaces?.key ?? (await this.key(name!, curve));
    const issued = issue({ key, now: this.now });
    const der = await this.writer.saveCertificate(file, issued.der, { replace });
    if (replace) this.material.drop(file);
    const certificate = parseCertificate(der);
    this.material.addCertificate(file, certificate);
    return (
      this.material.credential({ file, certificate }) ?? { file, certificate, key, keyFile: `SK_${name}.pem` }
    );
  }

  /** The key with this name, if it is in the folder and has no certificate yet. Otherwise a new key. */
  async key(stem: string, curve: Curve): Promise<KeyObject> {
    const file = `SK_${stem}.pem`;
    const waiting = this.material.unusedKeys().find((found) => basename(found.file) === file);
    if (waiting) return waiting.key;
    const key = await this.writer.saveKey(file, generateKeyPairSync('ec', { namedCurve: curve }).privateKey);
    this.material.addKey(file, key);
    return key;
  }

  /**
   * Refuses to issue a necessary certificate in place of an unreadable file of the same name. With a new certificate, devices would see
   * a different server.
   *
   * @throws PkiError that names the unreadable files
   */
  refuseToReplace(stem: string): void {
    if (!neededToServe.test(stem)) return;
    const meant = this.material.unusedFiles.filter(
      ({ file }) => parse(basename(file)).name.replace(/^(CERT|SK)_/i, '') === stem,
    );
    if (meant.length > 0) throw new PkiError(`${unusedFilesText(meant)}. ${remedy}`);
  }

  /** A stem without a certificate in the folder, and without a key that belongs to another certificate. */
  #freeStem(stem: string): string {
    const { certificates, keys, unusedFiles } = this.material;
    const unused = new Set(this.material.unusedKeys().map(({ file }) => file));
    const taken = new Set([
      ...certificates.map(({ file }) => basename(file)),
      ...keys.filter(({ file }) => !unused.has(file)).map(({ file }) => basename(file)),
      ...unusedFiles.map(({ file }) => basename(file)),
    ]);
    for (let count = 1; ; count++) {
      const candidate = count === 1 ? stem : `${stem}_${count}`;
      if (!taken.has(`CERT_${candidate}.der`) && !taken.has(`SK_${candidate}.pem`)) return candidate;
    }
  }
}

/** The day of a date, for messages: `2030-01-31`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
