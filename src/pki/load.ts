import type { Certificate } from './certificate.js';
import { requireCa, serverOid } from './chain.js';
import { complete } from './complete.js';
import { hostOf } from '../base/address.js';
import { covers } from './covers.js';
import { CertificateError, PkiError } from './errors.js';
import { FolderWriter, type PkiWriter } from './folder-writer.js';
import { gapsIn } from './missing-certificates.js';
import { pairIdentities, refuseProductionCertificates } from './identities.js';
import { isIssuedBy, unusedFilesText, Material } from './material.js';
import { operatorCasOf } from './operators.js';
import { Pki, type EuiccCredential, type EumCredential } from './pki.js';
import { readFolder } from './read-folder.js';
import { Revocations } from './revocations.js';
import { smdsMaterial } from './smds.js';
import { verifyCertificateSignature } from './signature.js';
import { chooseTls, tlsHost } from './tls.js';
import { warnOfExpiry } from './expiry.js';
import { CertificateIssuer } from './certificate-issuer.js';

export interface LoadOptions {
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** The address of the SM-DS. Absent: the server is not an SM-DS. */
  readonly smdsAddress?: string | undefined;
  readonly now: Date;
  /** Stores new keys and certificates. Default: a writer that stores them in the folder. */
  readonly writer?: PkiWriter | undefined;
  /** Receives warnings for the person who runs the server, one sentence each. */
  readonly warn: (text: string) => void;
}

/**
 * Loads a folder of certificates and keys with SGP.26 names. The folder may be flat, nested or a zip file; the files may be DER or PEM.
 * Issues a missing certificate if the private key of its issuer is in the folder, and stores it in the folder.
 *
 * @throws PkiError if the folder or a required file cannot be read, if there is no CI or no SM-DP+ identity, or if a production CI
 * issued a certificate
 */
export async function loadPki(folder: string, options: LoadOptions): Promise<Pki> {
  const issuer = await openCertificateIssuer(folder, options);
  await checkIsComplete(folder, issuer, options);
  return assemble(folder, issuer, options);
}

/** Reads a folder. The returned issuer can then add the certificates that the folder lacks. */
export async function openCertificateIssuer(
  folder: string,
  options: Pick<LoadOptions, 'now' | 'warn' | 'writer'>,
): Promise<CertificateIssuer> {
  const { now, warn, writer = new FolderWriter(folder, warn) } = options;
  const material = readMaterial(folder);
  for (const file of material.unusedFiles) warn(`${unusedFilesText([file])}. The server ignores it.`);
  return new CertificateIssuer(material, writer, now, warn);
}

/** Reads the content of a folder. @throws PkiError if the folder cannot be read */
export function readMaterial(folder: string): Material {
  const material = new Material();
  const files = readFolder(folder, (file, reason) => material.reportUnused(file, reason));
  for (const file of files) material.add(file);
  return material;
}

/** The host in the folder's TLS certificate, if the certificate is valid. */
export const tlsHostIn = (folder: string, now: Date): string | undefined =>
  tlsHost(readMaterial(folder), now);

/**
 * Runs {@link assemble} without storing anything. So an unusable folder is refused before the server changes it.
 *
 * @throws PkiError that names what the folder lacks
 */
export async function checkIsComplete(
  folder: string,
  issuer: CertificateIssuer,
  options: LoadOptions,
): Promise<void> {
  const warn = (): void => undefined;
  const copy = new CertificateIssuer(issuer.material.copy(), keepNothing, options.now, warn);
  await assemble(folder, copy, { ...options, warn });
}

const keepNothing: PkiWriter = {
  saveKey: (_file, key) => Promise.resolve(key),
  saveCertificate: (_file, der) => Promise.resolve(der),
};

/** Issues the missing certificates, and selects the certificates that the server uses. */
export async function assemble(
  folder: string,
  issuer: CertificateIssuer,
  { address, smdsAddress, now, warn }: LoadOptions,
): Promise<Pki> {
  const { material } = issuer;
  refuseProductionCertificates(material);
  await complete(issuer);

  const trustedCis = trustedCisOf(material, warn);
  if (trustedCis.length === 0)
    throw new PkiError(
      `${folder} has no CI certificate${unreadable(material)}. Add one, or name an empty folder to create a test PKI there.`,
    );
  const preferredOid = oidForHost(material, hostOf(address));
  const identities = pairIdentities(material, trustedCis, now, preferredOid, warn);
  const [identity] = identities;
  if (!identity)
    throw new PkiError(
      `${folder} has no SM-DP+ identity: CERT.DPauth and CERT.DPpb under a CI of the folder, with their keys${unreadable(material)}.`,
    );

  const tls = (await chooseTls(issuer, 'P-256', address, identity.oid))!;
  const brainpool = identities.some(({ ci }) => ci.curve === 'brainpoolP256r1')
    ? await chooseTls(issuer, 'brainpoolP256r1', address, identity.oid)
    : undefined;
  const smds = smdsAddress === undefined ? undefined : await smdsMaterial(issuer, trustedCis, smdsAddress);
  const euiccs = euiccsOf(material, trustedCis);
  for (const { file } of material.unusedKeys())
    warn(`${file} is not used: it matches no certificate of the folder.`);
  const pki = new Pki({
    trustedCis,
    identities,
    tls: brainpool ? { ...tls, brainpool } : tls,
    euiccs,
    eums: eumsOf(material, trustedCis),
    eumCertificates: material
      .withRole('eum')
      .map(({ certificate }) => certificate)
      .filter((certificate) => trustedCis.some((ci) => isIssuedBy(certificate, ci))),
    revocations: revocationsOf(material, trustedCis, now, warn),
    operatorCas: operatorCasOf(material),
    issuers: material.credentials('ci'),
    smds,
  });
  warnOfExpiry(pki, material, now, warn);
  gapsIn(material, { withSmds: smdsAddress !== undefined }).forEach(warn);
  return pki;
}

/** Lists the unused files for an error message, because one of them may be the file that is missing. */
const unreadable = ({ unusedFiles }: Material): string =>
  unusedFiles.length === 0 ? '' : ` (not used: ${unusedFilesText(unusedFiles)})`;

/** Self-signed certificates with the role CI, P-256 first. */
function trustedCisOf(material: Material, warn: (text: string) => void): Certificate[] {
  const trusted = material.withRole('ci').filter(({ file, certificate }) => {
    const reason = whyNoCi(certificate);
    if (reason) warn(`${file} is not used as a CI: ${reason}.`);
    return !reason;
  });
  return trusted
    .map(({ certificate }) => certificate)
    .sort((a, b) => Number(b.curve === 'P-256') - Number(a.curve === 'P-256'));
}

function whyNoCi(certificate: Certificate): string | undefined {
  if (!certificate.subjectKeyId) return 'it has no subject key identifier';
  try {
    requireCa(certificate);
    if (!verifyCertificateSignature(certificate, certificate.publicKey))
      return 'it is not signed with its own key';
    return undefined;
  } catch (error) {
    if (error instanceof CertificateError) return error.message;
    throw error;
  }
}

/** The OID of the SM-DP+ whose TLS certificate is for this host. The certificate may have expired. */
function oidForHost(material: Material, host: string): string | undefined {
  const found = material.withRole('dpTls').filter(({ certificate }) => covers(certificate, host));
  return found.map(({ certificate }) => serverOid(certificate)).find((oid) => oid !== undefined);
}

/** eUICCs with a private key and a chain to a trusted CI. */
function euiccsOf(material: Material, trustedCis: readonly Certificate[]): EuiccCredential[] {
  const found = material.credentials('euicc').flatMap(({ certificate, key }) => {
    for (const { certificate: eum } of material.withRole('eum')) {
      const ci = trustedCis.find((candidate) => isIssuedBy(eum, candidate));
      if (ci && isIssuedBy(certificate, eum)) return [{ certificate, key, eum, ci }];
    }
    return [];
  });
  return found.sort((a, b) => Number(b.ci.curve === 'P-256') - Number(a.ci.curve === 'P-256'));
}

/** Manufacturers with a private key, under a trusted CI. */
function eumsOf(material: Material, trustedCis: readonly Certificate[]): EumCredential[] {
  const found = material.credentials('eum').flatMap(({ certificate, key }) => {
    const ci = trustedCis.find((candidate) => isIssuedBy(certificate, candidate));
    return ci ? [{ certificate, key, ci }] : [];
  });
  return found.sort((a, b) => Number(b.ci.curve === 'P-256') - Number(a.ci.curve === 'P-256'));
}

function revocationsOf(
  material: Material,
  trustedCis: readonly Certificate[],
  now: Date,
  warn: (text: string) => void,
): Revocations {
  const revocations = new Revocations();
  for (const { name, content } of material.crls) {
    try {
      const nextUpdate = revocations.add(content, trustedCis);
      if (nextUpdate && nextUpdate < now)
        warn(`${name} has been out of date since ${nextUpdate.toISOString().slice(0, 10)}.`);
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      warn(`${name} is not used: ${error.message}.`);
    }
  }
  return revocations;
}
