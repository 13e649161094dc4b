import { X509Certificate } from 'node:crypto';
import { basename } from 'node:path';
import { hostOf } from '../base/address.js';
import { covers } from './covers.js';
import type { Certificate } from './certificate.js';
import { hasRole, serverOid } from './chain.js';
import { issueDpTls, issueDsTls, issuePrivateCa, testOids, type TlsSubject } from './issue.js';
import { isIssuedBy, isValidAt, type FoundCredential, type Material } from './material.js';
import { keyPurposes, type Curve } from './oids.js';
import { certificateToPem } from './pem.js';
import { curveTokens, dayOf, type CertificateIssuer } from './certificate-issuer.js';

/** Certificates and key for a TLS listener, in PEM. */
export interface TlsMaterial {
  /** The certificate, followed by its intermediate CAs. */
  readonly cert: string;
  readonly key: string;
  /** The root that a client must trust. */
  readonly ca: string;
  readonly certificate: Certificate;
}

/** The differences between the TLS certificates of an SM-DP+ and of an SM-DS. */
interface TlsKind {
  readonly role: 'dpTls' | 'dsTls';
  /** The part of the file name before the curve. */
  readonly stem: string;
  /** The part of the file name before the curve, for a certificate that the server's own root issues. */
  readonly ownRootStem: string;
  readonly issue: typeof issueDpTls;
  readonly oid: string;
}

const dpTls: TlsKind = {
  role: 'dpTls',
  stem: 'S_SM_DP_TLS',
  ownRootStem: 'MOCK_TLS',
  issue: issueDpTls,
  oid: testOids.smdp,
};
const dsTls: TlsKind = {
  role: 'dsTls',
  stem: 'S_SM_DS_TLS',
  ownRootStem: 'MOCK_TLS_DS',
  issue: issueDsTls,
  oid: testOids.smds,
};

/** The names that every issued TLS certificate includes. */
const localNames = ['localhost', '127.0.0.1', '::1'];

/**
 * Whether the file has the certificate of the server's own root, or a certificate under this root. The server uses its
 * own root if the CI's key is not available.
 */
const isOfOwnRoot = ({ file }: { file: string }): boolean => basename(file).startsWith('CERT_MOCK_TLS_');

/**
 * Selects the TLS certificate for the server's address. The first choice is a valid certificate in the folder for this address. The
 * second choice is a new certificate of the CI, if the CI's key is available. The last choice, on P-256 only and with a warning, is a new
 * certificate of the server's own root.
 */
export function chooseTls(
  issuer: CertificateIssuer,
  curve: Curve,
  address: string,
  oid: string | undefined,
): Promise<TlsMaterial | undefined> {
  return choose(issuer, dpTls, curve, address, oid);
}

/** Like {@link chooseTls} on P-256, for an SM-DS. */
export async function chooseDsTls(
  issuer: CertificateIssuer,
  address: string,
  oid: string,
): Promise<TlsMaterial> {
  return (await choose(issuer, dsTls, 'P-256', address, oid))!;
}

/**
 * The root that TLS clients of the SM-DP+ must trust, in PEM. Issues nothing. `undefined` if the server chooses the root only when it
 * starts.
 *
 * @param address the SM-DP+ address, if it is known
 */
export function tlsRoot(issuer: CertificateIssuer, address: string | undefined): string | undefined {
  const { material, now } = issuer;
  const served = tlsCredentials(material, dpTls, 'P-256').find((found) =>
    address === undefined ? isValidAt(found.certificate, now) : !fault(found, hostOf(address), now),
  );
  if (served) return tlsMaterial(material, served).ca;
  const onP256 = ({ certificate }: FoundCredential): boolean => certificate.curve === 'P-256';
  const ci = issuer.best(material.credentials('ci').filter(onP256));
  const root =
    ci ?? material.certificates.find((found) => isOfOwnRoot(found) && found.certificate.basicConstraints?.ca);
  return root && certificateToPem(root.certificate);
}

/** The host in the folder's TLS certificate, if the certificate is valid. A server without an address takes this host as its address. */
export function tlsHost(material: Material, now: Date): string | undefined {
  const served = tlsCredentials(material, dpTls, 'P-256').find(({ certificate }) =>
    isValidAt(certificate, now),
  );
  return served?.certificate.subjectAltName?.dnsNames[0];
}

async function choose(
  issuer: CertificateIssuer,
  kind: TlsKind,
  curve: Curve,
  address: string,
  oid: string | undefined,
): Promise<TlsMaterial | undefined> {
  const host = hostOf(address);
  const given = tlsCredentials(issuer.material, kind, curve).sort((a, b) => rank(b, oid) - rank(a, oid));
  const good = given.find((found) => !fault(found, host, issuer.now));
  if (good) return tlsMaterial(issuer.material, good);

  const [first] = given;
  const subject = subjectFor(host, first, oid ?? kind.oid);
  const ci = issuer.best(
    issuer.material.credentials('ci').filter(({ certificate }) => certificate.curve === curve),
  );
  if (ci) {
    if (first)
      issuer.warn(`${first.file} ${fault(first, host, issuer.now)}: a new TLS certificate was issued.`);
    const own = given.find(({ certificate }) => isIssuedBy(certificate, ci.certificate));
    const issued = await issuer.make(
      `${kind.stem}_${curveTokens[curve]}`,
      curve,
      (changes) => kind.issue(ci, subject, changes),
      own,
    );
    return tlsMaterial(issuer.material, issued);
  }
  issuer.refuseToReplace(`${kind.stem}_${curveTokens[curve]}`);
  return curve === 'P-256' ? tlsUnderOwnRoot(issuer, kind, host, subject, first) : undefined;
}

/** TLS with a certificate of the server's own root. */
async function tlsUnderOwnRoot(
  issuer: CertificateIssuer,
  kind: TlsKind,
  host: string,
  subject: TlsSubject,
  instead: FoundCredential | undefined,
): Promise<TlsMaterial> {
  const { material, now, warn } = issuer;
  const made = material.certificates.filter(isOfOwnRoot).flatMap((found) => material.credential(found) ?? []);
  const ca = await issuer.ensure(
    made.filter(({ certificate }) => certificate.basicConstraints?.ca),
    'MOCK_TLS_CA_NIST',
    'P-256',
    (changes) => issuePrivateCa('mock-smdp TLS CA', changes),
  );
  const leaves = made.filter(
    ({ certificate }) => isIssuedBy(certificate, ca.certificate) && hasRole(certificate, kind.role),
  );
  const leaf =
    leaves.find((found) => !fault(found, host, now)) ??
    (await issuer.make(
      `${kind.ownRootStem}_NIST`,
      'P-256',
      (changes) => kind.issue(ca, subject, changes),
      leaves[0],
    ));
  const reason = instead
    ? `${instead.file} ${fault(instead, host, now)}`
    : 'The folder has no TLS certificate with its key';
  warn(
    `${reason}, and the key of the CI is not in the folder. TLS uses ${leaf.file} instead: clients must trust ${ca.file}.`,
  );
  return tlsMaterial(issuer.material, leaf);
}

/** The TLS server certificates in the folder for a curve, with their keys. A certificate that is not on brainpoolP256r1 counts as P-256. */
function tlsCredentials(material: Material, { role }: TlsKind, curve: Curve): FoundCredential[] {
  const isBrainpool = curve === 'brainpoolP256r1';
  return material.certificates
    .filter((found) => !isOfOwnRoot(found) && isTlsServer(found.certificate, role))
    .filter(({ certificate }) => (certificate.curve === 'brainpoolP256r1') === isBrainpool)
    .flatMap((found) => material.credential(found) ?? []);
}

/** A certificate without a role, for instance from a public CA, counts as a certificate of the SM-DP+. */
const isTlsServer = (certificate: Certificate, role: TlsKind['role']): boolean =>
  !certificate.basicConstraints?.ca &&
  (hasRole(certificate, role) ||
    (role === 'dpTls' &&
      !hasRole(certificate, 'dsTls') &&
      certificate.extendedKeyUsage?.includes(keyPurposes.serverAuth) === true));

const rank = ({ certificate }: FoundCredential, oid: string | undefined): number =>
  Number(serverOid(certificate) === oid);

/** Why a certificate cannot be used for `host` now. `undefined` if it can. */
function fault({ certificate }: FoundCredential, host: string, now: Date): string | undefined {
  if (now > certificate.notAfter) return `expired on ${dayOf(certificate.notAfter)}`;
  if (!isValidAt(certificate, now)) return `is not valid before ${dayOf(certificate.notBefore)}`;
  return covers(certificate, host) ? undefined : `is not for ${host}`;
}

/** The subject of a new certificate: the host, the names in the certificate that the new one replaces, and the local names. */
function subjectFor(host: string, instead: FoundCredential | undefined, oid: string): TlsSubject {
  const former = instead?.certificate.subjectAltName?.dnsNames ?? [];
  const names = [...new Set([host, ...former, ...localNames])] as [string, ...string[]];
  return { names, oid };
}

function tlsMaterial(material: Material, { certificate, key }: FoundCredential): TlsMaterial {
  const chain = [certificate];
  for (let last = certificate; !last.subject.der.equals(last.issuer.der); last = chain.at(-1)!) {
    const candidates = material.certificates
      .map((found) => found.certificate)
      .filter((candidate) => !chain.includes(candidate));
    const issuer = issuerAmong(candidates, last);
    if (!issuer) break;
    chain.push(issuer);
  }
  const root = chain.at(-1)!;
  const sent = chain.length > 1 ? chain.slice(0, -1) : chain;
  return {
    cert: sent.map(certificateToPem).join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ca: certificateToPem(root),
    certificate,
  };
}

/**
 * Finds the issuer of a certificate, by its key and preferably also by its name. An issuer with another kind of key, for instance a
 * public CA, is found by OpenSSL's rules.
 */
function issuerAmong(candidates: readonly Certificate[], certificate: Certificate): Certificate | undefined {
  const signers = candidates.filter((candidate) => isIssuedBy(certificate, candidate));
  const issuer = signers.find(({ subject }) => subject.der.equals(certificate.issuer.der)) ?? signers[0];
  if (issuer) return issuer;
  const issued = new X509Certificate(certificate.der);
  return candidates.find((candidate) => issued.checkIssued(new X509Certificate(candidate.der)));
}
