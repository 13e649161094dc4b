import type { KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import type { Certificate } from './certificate.js';
import { requireServerProfile, serverOid } from './chain.js';
import { CertificateError, PkiError } from './errors.js';
import {
  isIssuedBy,
  isValidAt,
  type FoundCertificate,
  type FoundCredential,
  type Material,
} from './material.js';
import type { Role } from './oids.js';
import type { SigningKey } from './signature.js';

/** The identity with which a server authenticates itself under one CI. */
export interface ServerIdentity<Key extends SigningKey = KeyObject> {
  readonly ci: Certificate;
  /** OID of the SM-DP+ or SM-DS, dotted. */
  readonly oid: string;
  /** CERT.DPauth or CERT.DSauth. */
  readonly auth: { readonly certificate: Certificate; readonly key: Key };
}

/** An identity of the SM-DP+ under one CI: certificates for authentication and for profile binding, with the same OID. */
export interface SmdpIdentity<Key extends SigningKey = KeyObject> extends ServerIdentity<Key> {
  readonly pb: { readonly certificate: Certificate; readonly key: Key };
}

/** Key identifiers of the CIs that the GSMA uses for live networks. */
const productionCis: Readonly<Record<string, string>> = {
  '81370f5125d0b1d408d4c3b232e6d25e795bebfb': 'GSM Association - RSP2 Root CI1',
  '4c27967ad20c14b391e9601e41e604ad57c0222f': 'OISTE GSMA CI G1',
};

/**
 * Refuses server certificates that phones on live networks trust, because a mock must not use them.
 *
 * @throws PkiError
 */
export function refuseProductionCertificates(material: Material): void {
  for (const role of ['dpAuth', 'dpPb', 'dpTls', 'dsAuth', 'dsTls'] as const) {
    for (const { file, certificate } of material.withRole(role)) {
      const ci = productionCis[certificate.authorityKeyId?.toString('hex') ?? ''];
      if (ci !== undefined)
        throw new PkiError(
          `${file} was issued by the production CI of the GSMA (${ci}). A mock must not use it: remove the file and its key from the folder.`,
        );
    }
  }
}

/**
 * Pairs CERT.DPauth and CERT.DPpb by CI and OID. Sorts the pairs by these criteria, the most important first: P-256 before other curves,
 * `preferredOid` before other OIDs, valid certificates before others, `SM_DP` before `SM_DP2`, file name.
 */
export function pairIdentities(
  material: Material,
  trustedCis: readonly Certificate[],
  now: Date,
  preferredOid: string | undefined,
  warn: (text: string) => void,
): SmdpIdentity[] {
  const usable = (role: Role): Usable[] =>
    material.credentials(role).flatMap((found) => usableUnder(found, role, trustedCis, warn) ?? []);
  const auths = usable('dpAuth');
  const pbs = usable('dpPb');
  const order = (a: Usable, b: Usable): number =>
    Number(b.ci.curve === 'P-256') - Number(a.ci.curve === 'P-256') ||
    Number(b.oid === preferredOid) - Number(a.oid === preferredOid) ||
    Number(isValidAt(b.certificate, now)) - Number(isValidAt(a.certificate, now)) ||
    entityNumber(a) - entityNumber(b) ||
    (a.file < b.file ? -1 : 1);

  const identities = new Map<string, SmdpIdentity>();
  for (const auth of auths.sort(order)) {
    const key = `${auth.ci.subjectKeyId!.toString('hex')} ${auth.oid}`;
    const pb = pbs.filter(({ ci, oid }) => isSameCi(ci, auth.ci) && oid === auth.oid).sort(order)[0];
    if (!pb) warn(`${auth.file} is not used: it has no CERT.DPpb of the same CI and OID (${auth.oid}).`);
    else if (!identities.has(key)) {
      identities.set(key, { ci: auth.ci, oid: auth.oid, auth: credentialOf(auth), pb: credentialOf(pb) });
    }
  }
  return [...identities.values()];
}

/** A credential that an SM-DP+ or SM-DS can use, with the server's OID and the CI. */
export interface Usable extends FoundCredential {
  readonly ci: Certificate;
  readonly oid: string;
}

/** Returns the credential if a trusted CI issued it for this role. Otherwise warns, and returns `undefined`. */
export function usableUnder(
  found: FoundCredential,
  role: Role,
  trustedCis: readonly Certificate[],
  warn: (text: string) => void,
): Usable | undefined {
  const { certificate, file } = found;
  const issuers = trustedCis.filter((ci) => isIssuedBy(certificate, ci));
  const ci = issuers.find(({ subject }) => subject.der.equals(certificate.issuer.der)) ?? issuers[0];
  const oid = serverOid(certificate);
  if (!ci) {
    warn(`${file} is not used: it was not issued by a CI of the folder.`);
  } else if (!oid) {
    warn(`${file} is not used: it has no registered id with the OID of its server.`);
  } else {
    try {
      requireServerProfile(certificate, role, ci);
      return { ...found, ci, oid };
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      warn(`${file} is not used: ${error.message}.`);
    }
  }
  return undefined;
}

const credentialOf = ({ certificate, key }: FoundCredential) => ({ certificate, key });

const isSameCi = (a: Certificate, b: Certificate): boolean => a.subjectKeyId!.equals(b.subjectKeyId!);

/** The number in SGP.26 file names: 1 for `SM_DPauth`, 2 for `SM_DP2auth`. */
const entityNumber = ({ file }: FoundCertificate): number =>
  Number(/SM_DP(\d+)/.exec(basename(file))?.[1] ?? 1);
