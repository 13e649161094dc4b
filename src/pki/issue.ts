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
 * The certificates of a test PKI: the profiles of SGP.22 4.5.2.1 with the names of SGP.26. `changes` replace any
 * field; their `extensions` are laid over those of the profile one by one, `null` takes one away.
 */

/** Changes to a profile; for tests, which need wrong certificates of every kind. */
export interface Changes extends Partial<CertificateRequest> {
  /** The instant that the period of validity is counted from; default the present. */
  readonly now?: Date;
}

const day = 24 * 3600 * 1000;
const years = (count: number): number => Math.round(count * 365.25 * day);

/** The longest life that browsers and LPAs grant a TLS certificate. */
const tlsLifetime = 398 * day - 1000;

/** The OIDs of SGP.26 for the entities of a test PKI: 2.999 is for examples. */
export const testOids = { ci: '2.999.1', eum: '2.999.5', smdp: '2.999.10', smds: '2.999.15' } as const;

/** The number that the EIDs of the test EUM begin with. */
export const testEumNumber = '89049032';

/** The EID of the virtual eUICC. */
export const testEid = eidWithCheckDigits(`${testEumNumber}1234512345123456789012`);

/** A root CI; its key signs itself. */
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

/** An eUICC manufacturer that may issue EIDs beginning with {@link testEumNumber}. */
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

/** An eUICC of the EUM, whose organization it shares. */
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

/** CERT.DPauth: signs serverSigned1. */
export const issueDpAuth = (ci: Credential, oid: string = testOids.smdp, changes: Changes = {}): Issued =>
  issue({ ...server('dpAuth', 'TEST SM-DP+', oid), serialNumber: '0100' }, changes, ci);

/** CERT.DPpb: signs smdpSigned2 and the profile package. */
export const issueDpPb = (ci: Credential, oid: string = testOids.smdp, changes: Changes = {}): Issued =>
  issue({ ...server('dpPb', 'TEST SM-DP+', oid), serialNumber: '0101' }, changes, ci);

/** CERT.DSauth: an SM-DS signs with it. */
export const issueDsAuth = (ci: Credential, oid: string = testOids.smds, changes: Changes = {}): Issued =>
  issue(server('dsAuth', 'TEST SM-DS', oid), changes, ci);

/** What a TLS certificate stands for: DNS names and IP addresses, the first of which becomes the subject's CN. */
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

/** A root beside the GSMA's: for TLS where the CI's key is not at hand, or for an operator's clients. */
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

/** A client certificate with which an operator calls ES2+ (SGP.22 5.3: mutual TLS). */
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

/** What a kind of certificate contains; it begins a day ago, for peers whose clock is behind. */
type Profile = Omit<CertificateRequest, 'notBefore' | 'notAfter'> & {
  /** Milliseconds from beginning to end. */
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
