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
import { curveTokens, dayOf, type CertificateIssuer } from './workshop.js';

/** What a TLS listener needs, in PEM. */
export interface TlsMaterial {
  /** The certificate, followed by its intermediate CAs. */
  readonly cert: string;
  readonly key: string;
  /** What a client has to trust. */
  readonly ca: string;
  readonly certificate: Certificate;
}

/** What the TLS certificates of an SM-DP+ and of an SM-DS differ in. */
interface TlsKind {
  readonly role: 'dpTls' | 'dsTls';
  /** What stands in the file name before the curve. */
  readonly stem: string;
  /** The same for a certificate of a root of our own. */
  readonly bridge: string;
  readonly issue: typeof issueDpTls;
  readonly oid: string;
}

const dpTls: TlsKind = {
  role: 'dpTls',
  stem: 'S_SM_DP_TLS',
  bridge: 'MOCK_TLS',
  issue: issueDpTls,
  oid: testOids.smdp,
};
const dsTls: TlsKind = {
  role: 'dsTls',
  stem: 'S_SM_DS_TLS',
  bridge: 'MOCK_TLS_DS',
  issue: issueDsTls,
  oid: testOids.smds,
};

/** Names that a certificate of our own is good for, whatever else the server is called. */
const localNames = ['localhost', '127.0.0.1', '::1'];

/** Certificates of a root of our own, for want of the CI's key. */
const isBridge = ({ file }: { file: string }): boolean => basename(file).startsWith('CERT_MOCK_TLS_');

/**
 * The TLS certificate for the server's address: one from the folder that is valid and covers it; else one issued now by
 * the CI, where its key is at hand; else, on P-256, one of a root of our own, with a warning.
 */
export function chooseTls(
  workshop: CertificateIssuer,
  curve: Curve,
  address: string,
  oid: string | undefined,
): Promise<TlsMaterial | undefined> {
  return choose(workshop, dpTls, curve, address, oid);
}

/** As {@link chooseTls} on P-256, for an SM-DS. */
export async function chooseDsTls(
  workshop: CertificateIssuer,
  address: string,
  oid: string,
): Promise<TlsMaterial> {
  return (await choose(workshop, dsTls, 'P-256', address, oid))!;
}

/**
 * The root that TLS clients of the SM-DP+ have to trust, in PEM; nothing is issued for it. `undefined` where only a start
 * of the server will tell.
 *
 * @param address of the SM-DP+, where it is known
 */
export function tlsRoot(workshop: CertificateIssuer, address: string | undefined): string | undefined {
  const { material, now } = workshop;
  const served = tlsCredentials(material, dpTls, 'P-256').find((found) =>
    address === undefined ? isValidAt(found.certificate, now) : !fault(found, hostOf(address), now),
  );
  if (served) return tlsMaterial(material, served).ca;
  const onP256 = ({ certificate }: FoundCredential): boolean => certificate.curve === 'P-256';
  const ci = workshop.best(material.credentials('ci').filter(onP256));
  const root =
    ci ?? material.certificates.find((found) => isBridge(found) && found.certificate.basicConstraints?.ca);
  return root && certificateToPem(root.certificate);
}

/** A host that the folder's own TLS certificate is for, while that is valid: no address given, it stays in use. */
export function tlsHost(material: Material, now: Date): string | undefined {
  const served = tlsCredentials(material, dpTls, 'P-256').find(({ certificate }) =>
    isValidAt(certificate, now),
  );
  return served?.certificate.subjectAltName?.dnsNames[0];
}

async function choose(
  workshop: CertificateIssuer,
  kind: TlsKind,
  curve: Curve,
  address: string,
  oid: string | undefined,
): Promise<TlsMaterial | undefined> {
  const host = hostOf(address);
  const given = tlsCredentials(workshop.material, kind, curve).sort((a, b) => rank(b, oid) - rank(a, oid));
  const good = given.find((found) => !fault(found, host, workshop.now));
  if (good) return tlsMaterial(workshop.material, good);

  const [first] = given;
  const subject = subjectFor(host, first, oid ?? kind.oid);
  const ci = workshop.best(
    workshop.material.credentials('ci').filter(({ certificate }) => certificate.curve === curve),
  );
  if (ci) {
    if (first)
      workshop.warn(`${first.file} ${fault(first, host, workshop.now)}: a new TLS certificate was issued.`);
    const own = given.find(({ certificate }) => isIssuedBy(certificate, ci.certificate));
    const issued = await workshop.make(
      `${kind.stem}_${curveTokens[curve]}`,
      curve,
      (changes) => kind.issue(ci, subject, changes),
      own,
    );
    return tlsMaterial(workshop.material, issued);
  }
  workshop.refuseToReplace(`${kind.stem}_${curveTokens[curve]}`);
  return curve === 'P-256' ? bridge(workshop, kind, host, subject, first) : undefined;
}

/** TLS with a certificate of a root of our own. */
async function bridge(
  workshop: CertificateIssuer,
  kind: TlsKind,
  host: string,
  subject: TlsSubject,
  instead: FoundCredential | undefined,
): Promise<TlsMaterial> {
  const { material, now, warn } = workshop;
  const made = material.certificates.filter(isBridge).flatMap((found) => material.credential(found) ?? []);
  const ca = await workshop.ensure(
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
    (await workshop.make(
      `${kind.bridge}_NIST`,
      'P-256',
      (changes) => kind.issue(ca, subject, changes),
      leaves[0],
    ));
  const reason = instead
    ? `${instead.file} ${fault(instead, host, now)}`
    : 'The folder has no TLS certificate with its key';
  warn(
    `${reason}, and the key of the CI is not in the folder. TLS is served with ${leaf.file} instead: clients have to trust ${ca.file}.`,
  );
  return tlsMaterial(workshop.material, leaf);
}

/** TLS server certificates of the folder that have their key; those of other curves go with P-256. */
function tlsCredentials(material: Material, { role }: TlsKind, curve: Curve): FoundCredential[] {
  const isBrainpool = curve === 'brainpoolP256r1';
  return material.certificates
    .filter((found) => !isBridge(found) && isTlsServer(found.certificate, role))
    .filter(({ certificate }) => (certificate.curve === 'brainpoolP256r1') === isBrainpool)
    .flatMap((found) => material.credential(found) ?? []);
}

/** One that names no role, as of a public CA, is taken for that of the SM-DP+. */
const isTlsServer = (certificate: Certificate, role: TlsKind['role']): boolean =>
  !certificate.basicConstraints?.ca &&
  (hasRole(certificate, role) ||
    (role === 'dpTls' &&
      !hasRole(certificate, 'dsTls') &&
      certificate.extendedKeyUsage?.includes(keyPurposes.serverAuth) === true));

const rank = ({ certificate }: FoundCredential, oid: string | undefined): number =>
  Number(serverOid(certificate) === oid);

/** Why a certificate cannot serve `host` now; `undefined` when it can. */
function fault({ certificate }: FoundCredential, host: string, now: Date): string | undefined {
  if (now > certificate.notAfter) return `expired on ${dayOf(certificate.notAfter)}`;
  if (!isValidAt(certificate, now)) return `is not valid before ${dayOf(certificate.notBefore)}`;
  return covers(certificate, host) ? undefined : `is not for ${host}`;
}

/** The host, the local names, and the names that the certificate had which is not used. */
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

/** The issuer by name, else by key. Those of keys that are not SGP.22's, as of public CAs, are known by name alone. */
function issuerAmong(candidates: readonly Certificate[], certificate: Certificate): Certificate | undefined {
  const signers = candidates.filter((candidate) => isIssuedBy(certificate, candidate));
  const issuer = signers.find(({ subject }) => subject.der.equals(certificate.issuer.der)) ?? signers[0];
  if (issuer) return issuer;
  const issued = new X509Certificate(certificate.der);
  return candidates.find((candidate) => issued.checkIssued(new X509Certificate(candidate.der)));
}
