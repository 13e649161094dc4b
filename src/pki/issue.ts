import { eidWithCheckDigits } from '../wire/rsp/identifiers.js';
import { valuesOf } from './distinguished-name.js';
import {
  issueCertificate,
  type CertificateRequest,
  type Credential,
  type Issued,
} from './issue-certificate.js';
import { attributeOids, keyPurposes, roles, type Role } from './oids.js';
import { write, type NameToWrite } from './write-extensions.js';

/**
 * Issues the certificates of a test PKI: the certificate profiles of SGP.22 4.5.2.1 with the names of SGP.26. `changes` override any
 * field. Each of their `extensions` overrides the extension with the same name; `null` removes the extension.
 */

/** Changes to a certificate profile, for tests that need invalid certificates. */
export interface Changes extends Partial<CertificateRequest> {
  /** The validity period starts one day before this time. Default: the current time. */
  readonly now?: Date;
}

const day = 24 * 3600 * 1000;
const years = (count: number): number => Math.round(count * 365.25 * day);

/** The longest validity that browsers and LPAs accept for a TLS certificate. */
const tlsLifetime = 398 * day - 1000;

/** The OIDs of SGP.26 for the entities of a test PKI. 2.999 is reserved for examples. */
export const testOids = { ci: '2.999.1', eum: '2.999.5', smdp: '2.999.10', smds: '2.999.15' } as const;

/** The first digits of the EIDs of the test EUM. */
export const testEumNumber = '89049032';

/** The EID of the virtual eUICC. */
export const testEid = eidWithCheckDigits(`${testEumNumber}1234512345123456789012`);

/** A self-signed root CI. */
export const issueCi = (changes: Changes = {}): Issued =>
  issue(
    {
      subject: [
        ['CN', 'mock-smdp Test CI'],
        ['OU', 'TESTCERT'],
        ['O', 'mock-smdp'],
      ],
      lifetime: years(35),
      extensions: {
        basicConstraints: write.basicConstraints(true),
        certificatePolicies: write.certificatePolicies(roles.ci),
        keyUsage: write.keyUsage(['keyCertSign', 'cRLSign']),
        subjectAltName: write.subjectAltName({ registeredId: testOids.ci }),
        crlDistributionPoints: write.crlDistributionPoints([
          'http://ci.test.example.com/CRL-1.crl',
          'http://ci.test.example.com/CRL-2.crl',
        ]),
      },
    },
    changes,
  );

/** An eUICC manufacturer that may issue EIDs that start with {@link testEumNumber}. */
export const issueEum = (ci: Credential, changes: Changes = {}): Issued =>
  issue(
    {
      subject: [
        ['C', 'ES'],
        ['O', 'RSP Test EUM'],
        ['CN', 'EUM Test'],
      ],
      lifetime: years(34),
      extensions: {
        keyUsage: write.keyUsage(['keyCertSign']),
        certificatePolicies: write.certificatePolicies([roles.eum[0]]),
        subjectAltName: write.subjectAltName({ registeredId: testOids.eum }),
        basicConstraints: write.basicConstraints(true, 0),
        nameConstraints: write.nameConstraints([
          { organization: 'RSP Test EUM', serialNumber: testEumNumber },
        ]),
      },
    },
    changes,
    ci,
  );

/** The number of digits at the start of an EID that identify the manufacturer (SGP.29). */
const eumDigits = 8;

/** An eUICC manufacturer that may issue the EIDs with the same manufacturer digits as `eid`. */
export const issueEumOf = (ci: Credential, eid: string, changes: Changes = {}): Issued => {
  const serialNumber = eid.slice(0, eumDigits);
  const organization = `RSP Test EUM ${serialNumber}`;
  return issueEum(ci, {
    subject: [
      ['C', 'ES'],
      ['O', organization],
      ['CN', `EUM Test ${serialNumber}`],
    ],
    ...changes,
    extensions: {
      nameConstraints: write.nameConstraints([{ organization, serialNumber }]),
      ...changes.extensions,
    },
  });
};

/** An eUICC of the EUM, with the organization of the EUM. */
export const issueEuicc = (eum: Credential, eid: string = testEid, changes: Changes = {}): Issued =>
  issue(
    {
      subject: [
        ['C', 'ES'],
        ['O', valuesOf(eum.certificate.subject, attributeOids.O)[0] ?? 'RSP Test EUM'],
        ['serialNumber', eid],
        ['CN', 'Test eUICC'],
      ],
      lifetime: 0,
      notAfter: new Date(Date.UTC(7496, 0, 24, 17, 29, 46)),
      extensions: {
        keyUsage: write.keyUsage(['digitalSignature']),
        certificatePolicies: write.certificatePolicies([roles.euicc[0]]),
      },
    },
    changes,
    eum,
  );

/** CERT.DPauth, which signs serverSigned1. */
export const issueDpAuth = (ci: Credential, oid: string = testOids.smdp, changes: Changes = {}): Issued =>
  issue({ ...server('dpAuth', 'TEST SM-DP+', oid), serialNumber: '0100' }, changes, ci);

/** CERT.DPpb, which signs smdpSigned2 and the profile package. */
export const issueDpPb = (ci: Credential, oid: string = testOids.smdp, changes: Changes = {}): Issued =>
  issue({ ...server('dpPb', 'TEST SM-DP+', oid), serialNumber: '0101' }, changes, ci);

/** CERT.DSauth, with which an SM-DS signs. */
export const issueDsAuth = (ci: Credential, oid: string = testOids.smds, changes: Changes = {}): Issued =>
  issue(server('dsAuth', 'TEST SM-DS', oid), changes, ci);

/** DNS names and IP addresses of a TLS certificate. The first one becomes the CN of the subject. */
export interface TlsSubject {
  readonly names: readonly [string, ...string[]];
  readonly oid?: string;
}

/** CERT.DP.TLS. */
export const issueDpTls = (ci: Credential, subject: TlsSubject, changes: Changes = {}): Issued =>
  issue(tls('dpTls', 'ACME', { oid: testOids.smdp, ...subject }), changes, ci);

/** CERT.DS.TLS. */
export const issueDsTls = (ci: Credential, subject: TlsSubject, changes: Changes = {}): Issued =>
  issue(tls('dsTls', 'RSPTEST', { oid: testOids.smds, ...subject }), changes, ci);

/** A private root CA: for TLS if the CI's key is missing, or for the client certificates of operators. */
export const issuePrivateCa = (commonName: string, changes: Changes = {}): Issued =>
  issue(
    {
      subject: [
        ['O', 'mock-smdp'],
        ['CN', commonName],
      ],
      lifetime: years(10),
      extensions: {
        basicConstraints: write.basicConstraints(true, 0),
        keyUsage: write.keyUsage(['keyCertSign', 'cRLSign']),
      },
    },
    changes,
  );

/** The client certificate of an operator for ES2+ (SGP.22 5.3: mutual TLS). */
export const issueOperator = (ca: Credential, name: string, changes: Changes = {}): Issued =>
  issue(
    {
      subject: [
        ['O', name],
        ['CN', name],
      ],
      lifetime: years(5),
      extensions: {
        keyUsage: write.keyUsage(['digitalSignature']),
        extendedKeyUsage: write.extendedKeyUsage([keyPurposes.clientAuth]),
        subjectAltName: write.subjectAltName({ names: [name] }),
      },
    },
    changes,
    ca,
  );

/** The content of one kind of certificate. Certificates are valid from one day ago, because a peer's clock may be slow. */
type Profile = Omit<CertificateRequest, 'notBefore' | 'notAfter'> & {
  /** Validity period in milliseconds. */
  readonly lifetime: number;
  readonly notAfter?: Date;
};

const server = (role: Role, commonName: string, oid: string): Profile => ({
  subject: acme(commonName),
  lifetime: years(10),
  extensions: {
    subjectAltName: write.subjectAltName({ registeredId: oid }),
    keyUsage: write.keyUsage(['digitalSignature']),
    certificatePolicies: write.certificatePolicies([roles[role][0]]),
  },
});

const tls = (role: Role, organization: string, { names, oid }: TlsSubject & { oid: string }): Profile => ({
  subject: acme(names[0].slice(0, 64), organization),
  lifetime: tlsLifetime,
  extensions: {
    keyUsage: write.keyUsage(['digitalSignature']),
    extendedKeyUsage: write.extendedKeyUsage([keyPurposes.serverAuth, keyPurposes.clientAuth]),
    certificatePolicies: write.certificatePolicies([roles[role][0]], false),
    subjectAltName: write.subjectAltName({ names, registeredId: oid }),
  },
});

const acme = (commonName: string, organization = 'ACME'): NameToWrite => [
  ['O', organization],
  ['CN', commonName],
];

function issue(profile: Profile, changes: Changes, issuer?: Credential): Issued {
  const { now = new Date(), ...overrides } = changes;
  const { lifetime, ...fields } = profile;
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000 - day);
  const notAfter = new Date(notBefore.getTime() + lifetime);
  const extensions = { ...profile.extensions, ...overrides.extensions };
  return issueCertificate({ notBefore, notAfter, ...fields, ...overrides, extensions }, issuer);
}
