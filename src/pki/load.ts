import type { Certificate } from './certificate.js';
import { requireCa, serverOid } from './chain.js';
import { complete } from './complete.js';
import { hostOf } from '../base/address.js';
import { covers } from './covers.js';
import { CertificateError, PkiError } from './errors.js';
import { FolderWriter, type PkiWriter } from './folder-writer.js';
import { gapsIn } from './gaps.js';
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
import { CertificateIssuer } from './workshop.js';

export interface LoadOptions {
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** The address of the SM-DS; absent: that role is off. */
  readonly smdsAddress?: string | undefined;
  readonly now: Date;
  /** Where to keep what is made; default: in the folder. */
  readonly writer?: PkiWriter | undefined;
  /** Takes sentences that an operator should read. */
  readonly warn: (text: string) => void;
}

/**
 * Loads a folder of certificates and keys under SGP.26 names: flat, nested or zipped; DER or PEM. What is missing is issued
 * where the issuer's key is in it, and kept there.
 *
 * @throws PkiError when the folder cannot be read, there is no CI or no SM-DP+ identity, a file that is needed cannot be
 * read, or a certificate is one of the production CI
 */
export async function loadPki(folder: string, options: LoadOptions): Promise<Pki> {
  const workshop = await openCertificateIssuer(folder, options);
  await checkIsComplete(folder, workshop, options);
  return assemble(folder, workshop, options);
}

/** Reads a folder, ready to be completed. */
export async function openCertificateIssuer(
  folder: string,
  options: Pick<LoadOptions, 'now' | 'warn' | 'writer'>,
): Promise<CertificateIssuer> {
  const { now, warn, writer = new FolderWriter(folder, warn) } = options;
  const material = readMaterial(folder);
  for (const stray of material.strays) warn(`${unusedFilesText([stray])}. Passed over.`);
  return new CertificateIssuer(material, writer, now, warn);
}

/** What a folder contains. @throws PkiError when the folder cannot be read */
export function readMaterial(folder: string): Material {
  const material = new Material();
  const files = readFolder(folder, (file, reason) => material.passOver(file, reason));
  for (const file of files) material.add(file);
  return material;
}

/** The host that the TLS certificate of a folder is for, while that is valid. */
export const tlsHostIn = (folder: string, now: Date): string | undefined =>
  tlsHost(readMaterial(folder), now);

/**
 * Tries in memory what {@link assemble} will do, so that a folder that cannot serve is left as it was.
 *
 * @throws PkiError saying what the folder lacks
 */
export async function checkIsComplete(
  folder: string,
  workshop: CertificateIssuer,
  options: LoadOptions,
): Promise<void> {
  const warn = (): void => undefined;
  const copy = new CertificateIssuer(workshop.material.copy(), keepNothing, options.now, warn);
  await assemble(folder, copy, { ...options, warn });
}

const keepNothing: PkiWriter = {
  saveKey: (_file, key) => Promise.resolve(key),
  saveCertificate: (_file, der) => Promise.resolve(der),
};

/** Completes what the folder lacks and picks what the server uses. */
export async function assemble(
  folder: string,
  workshop: CertificateIssuer,
  { address, smdsAddress, now, warn }: LoadOptions,
): Promise<Pki> {
  const { material } = workshop;
  refuseProductionCertificates(material);
  await complete(workshop);

  const trustedCis = trustedCisOf(material, warn);
  if (trustedCis.length === 0)
    throw new PkiError(
      `${folder} has no CI certificate${unreadable(material)}. Add one, or name an empty folder to have a test PKI made.`,
    );
  const preferredOid = oidForHost(material, hostOf(address));
  const identities = pairIdentities(material, trustedCis, now, preferredOid, warn);
  const [identity] = identities;
  if (!identity)
    throw new PkiError(
      `${folder} has no SM-DP+ identity: CERT.DPauth and CERT.DPpb under a CI of the folder, with their keys${unreadable(material)}.`,
    );

  const tls = (await chooseTls(workshop, 'P-256', address, identity.oid))!;
  const brainpool = identities.some(({ ci }) => ci.curve === 'brainpoolP256r1')
    ? await chooseTls(workshop, 'brainpoolP256r1', address, identity.oid)
    : undefined;
  const smds = smdsAddress === undefined ? undefined : await smdsMaterial(workshop, trustedCis, smdsAddress);
  const euiccs = euiccsOf(material, trustedCis);
  for (const { file } of material.unusedKeys()) warn(`${file} fits no certificate of the folder: not used.`);
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

/** The files that may have been meant, for an error. */
const unreadable = ({ strays }: Material): string =>
  strays.length === 0 ? '' : ` (passed over: ${unusedFilesText(strays)})`;

/** Self-signed certificates of the CI role, P-256 first. */
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

/** The OID of the SM-DP+ whose TLS certificate is for this host, expired or not. */
function oidForHost(material: Material, host: string): string | undefined {
  const found = material.withRole('dpTls').filter(({ certificate }) => covers(certificate, host));
  return found.map(({ certificate }) => serverOid(certificate)).find((oid) => oid !== undefined);
}

/** eUICCs whose key is at hand and whose chain leads to a trusted CI. */
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

/** Manufacturers whose key is at hand and who are under a trusted CI. */
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
        warn(`${name} is out of date since ${nextUpdate.toISOString().slice(0, 10)}.`);
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      warn(`${name} is not used: ${error.message}.`);
    }
  }
  return revocations;
}
