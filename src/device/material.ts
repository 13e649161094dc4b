import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { PkiError } from '../pki/public.js';
import { contentsOf } from '../pki/contents.js';
import { readFolder, type PkiFile } from '../pki/read-folder.js';
import { isEid } from '../wire/rsp/index.js';
import {
  readCertificate,
  type CardCertificate,
  type EuiccCredential,
  type EuiccMaterial,
  type TrustedCi,
} from './euicc/index.js';

/** Raised if the material for a virtual eUICC is incomplete or unreadable. The message names the file or member. */
export class MaterialError extends Error {
  override readonly name = 'MaterialError';
}

/**
 * Reads a virtual eUICC from a PKI folder with the file names of SGP.26: `CERT_EUICC_*` with `SK_EUICC_*`,
 * `CERT_EUM_*` and `CERT_CI_*`. The folder may have subfolders or be a zip file. Files are DER or PEM. Certificates on
 * P-256 come before certificates on brainpoolP256r1.
 *
 * @param eid 32 digits: the EID of the eUICC to read. Default: the first eUICC in the folder.
 * @throws MaterialError that says what is missing
 */
export function loadEuiccMaterial(folder: string, eid?: string): EuiccMaterial {
  const found = findEuiccMaterial(folder, eid);
  if (found) return found;
  throw new MaterialError(
    `${folder} has no eUICC${eid === undefined ? '' : ` ${eid}`} with certificate (CERT_EUICC_*), key (SK_EUICC_*) and manufacturer (CERT_EUM_*)${unusable(folder)}`,
  );
}

/** Lists the unusable eUICC files for an error message, for example encrypted keys. */
function unusable(folder: string): string {
  const reasons = readFiles(folder, '', /^(CERT|SK)_(EUICC|EUM)_/i).flatMap(({ name, content }) =>
    contentsOf(content).flatMap((each) => ('unused' in each ? [`${name} ${each.unused}`] : [])),
  );
  return reasons.length === 0 ? '' : `; unusable files: ${reasons.join('; ')}`;
}

/**
 * Like {@link loadEuiccMaterial}, but returns `undefined` if the folder does not have the eUICC.
 *
 * @throws MaterialError when the folder is missing or has no CI certificate
 */
export function findEuiccMaterial(folder: string, eid?: string): EuiccMaterial | undefined {
  const keys = readKeys(folder, 'SK_EUICC_');
  const eums = readCertificates(folder, 'CERT_EUM_');
  const found = readCertificates(folder, 'CERT_EUICC_').flatMap((certificate) => {
    const credential = credentialOf(certificate, eums, keys);
    return credential ? [{ eid: eidOf(certificate), credential }] : [];
  });
  const wanted = eid ?? found[0]?.eid;
  const credentials = found.filter((each) => each.eid === wanted).map((each) => each.credential);
  if (wanted === undefined || credentials.length === 0) return undefined;
  return { eid: wanted, credentials, trustedCis: loadTrustedCis(folder) };
}

/**
 * Reads the CI certificates (`CERT_CI_*`) of a PKI folder, one for each key.
 *
 * @throws MaterialError when the folder is missing or has no CI certificate
 */
export function loadTrustedCis(folder: string): TrustedCi[] {
  const cis = new Map<string, TrustedCi>();
  for (const certificate of readCertificates(folder, 'CERT_CI_')) {
    const { subjectKeyIdentifier } = certificate;
    if (subjectKeyIdentifier) {
      cis.set(subjectKeyIdentifier.toString('hex'), { ...certificate, subjectKeyIdentifier });
    }
  }
  if (cis.size === 0) throw new MaterialError(`${folder} has no CI certificate (CERT_CI_*)`);
  return [...cis.values()];
}

/**
 * Reads the EID from the subject of an eUICC certificate.
 *
 * @throws MaterialError when the subject has no EID
 */
function eidOf({ x509 }: CardCertificate): string {
  const serialNumber = /^serialNumber=(.*)$/m.exec(x509.subject)?.[1] ?? '';
  if (isEid(serialNumber)) return serialNumber;
  throw new MaterialError(
    `the subject of the eUICC certificate has serialNumber '${serialNumber}', which is not an EID`,
  );
}

function credentialOf(
  certificate: CardCertificate,
  eums: readonly CardCertificate[],
  keys: readonly KeyObject[],
): EuiccCredential | undefined {
  const eum = eums.find(
    ({ subjectKeyIdentifier }) =>
      subjectKeyIdentifier && certificate.authorityKeyIdentifier?.equals(subjectKeyIdentifier),
  );
  const privateKey = keys.find((key) => createPublicKey(key).equals(certificate.publicKey));
  if (!eum?.authorityKeyIdentifier || !privateKey) return undefined;
  return {
    ciKeyId: eum.authorityKeyIdentifier,
    privateKey,
    euiccCertificate: certificate.x509.raw,
    eumCertificate: eum.x509.raw,
  };
}

/** Reads the certificates whose file names begin with `prefix`, each once, P-256 first. Skips damaged files. */
export function readCertificates(folder: string, prefix: string): CardCertificate[] {
  const found = readFiles(folder, prefix, /\.(der|pem|cer|crt)$/i).flatMap(({ content }) =>
    orNothing(() => readCertificate(new X509Certificate(content).raw)),
  );
  const distinct = new Map(found.map((certificate) => [certificate.x509.fingerprint256, certificate]));
  return [...distinct.values()].sort(
    (a, b) => Number(b.curve === 'prime256v1') - Number(a.curve === 'prime256v1'),
  );
}

/** Reads the private keys whose file names begin with `prefix`. Skips damaged and encrypted keys. */
export const readKeys = (folder: string, prefix: string): KeyObject[] =>
  readFiles(folder, prefix, /\.(pem|key)$/i).flatMap(({ content }) =>
    orNothing(() => createPrivateKey(content)),
  );

function orNothing<T>(read: () => T): T[] {
  try {
    return [read()];
  } catch {
    return [];
  }
}

/** Reads the files of a PKI folder whose names begin with `prefix` and match `pattern`. */
function readFiles(folder: string, prefix: string, pattern: RegExp): PkiFile[] {
  if (!statSync(folder, { throwIfNoEntry: false }))
    throw new MaterialError(`PKI folder ${folder} does not exist`);
  try {
    return readFolder(folder).filter(
      ({ name }) => basename(name).startsWith(prefix) && pattern.test(basename(name)),
    );
  } catch (error) {
    if (error instanceof PkiError) throw new MaterialError(error.message, { cause: error });
    throw error;
  }
}
