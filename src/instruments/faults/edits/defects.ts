import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  issueCi,
  issueDpAuth,
  issueDpPb,
  roles,
  write,
  type Changes,
  type Credential,
  type Pki,
} from '../../../pki/index.js';
import { ChangeError } from './error.js';

/** The PKI and the time for issuing defective certificates. */
export interface IssuingContext {
  /** `issuers` are the CIs whose private keys are available. */
  readonly pki: Pick<Pki, 'identities' | 'issuers'>;
  readonly now: Date;
}

/** A certificate of this SM-DP+, with functions to issue variants of it. */
interface Original {
  readonly der: Buffer;
  readonly curve: string;
  /** @throws ChangeError if the CI's private key is not available */
  readonly reissue: (changes: Changes) => Buffer;
  /** Issues the variant under another CI. */
  readonly reissueUnder: (ci: Credential, changes?: Changes) => Buffer;
  readonly role: 'dpAuth' | 'dpPb';
  readonly now: Date;
}

interface Defect {
  readonly what: string;
  readonly make: (original: Original) => Buffer;
}

const day = 24 * 3600 * 1000;
const from = (now: Date, days: number): Date => new Date(now.getTime() + days * day);

const newKey = (curve: string): KeyObject => generateKeyPairSync('ec', { namedCurve: curve }).privateKey;

/** Serial number of the certificates that the CRL lists as revoked. */
export const revokedSerialNumber = '0bad5e41a1';

/** Defective certificates that a device must reject. All except `otherKey` and `otherCurve` keep the server's own key. */
export const certificateDefects = {
  expired: {
    what: 'its validity ended yesterday',
    make: ({ reissue, now }) => reissue({ notBefore: from(now, -400), notAfter: from(now, -1) }),
  },
  notYetValid: {
    what: 'its validity begins tomorrow',
    make: ({ reissue, now }) => reissue({ notBefore: from(now, 1), notAfter: from(now, 400) }),
  },
  foreignCi: {
    what: 'an unknown CI issued it',
    make: ({ reissueUnder, curve }) => reissueUnder(issueCi({ curve })),
  },
  forged: {
    what: 'its signature does not verify with the key of the CI',
    make: ({ der }) => {
      const copy = Buffer.from(der);
      copy[copy.length - 1]! ^= 0x01;
      return copy;
    },
  },
  wrongRole: {
    what: 'it has the certificate policy of the other role: CERT.DPauth has the policy of CERT.DPpb, and vice versa',
    make: ({ reissue, role }) => {
      const policy = roles[role === 'dpPb' ? 'dpAuth' : 'dpPb'][0];
      return reissue({ extensions: { certificatePolicies: write.certificatePolicies([policy]) } });
    },
  },
  otherOid: {
    what: 'it belongs to another SM-DP+, with the OID 2.999.666',
    make: ({ reissue }) =>
      reissue({ extensions: { subjectAltName: write.subjectAltName({ registeredId: '2.999.666' }) } }),
  },
  ca: {
    what: 'it is a CA certificate',
    make: ({ reissue }) => reissue({ extensions: { basicConstraints: write.basicConstraints(true) } }),
  },
  unknownCritical: {
    what: 'it has an unknown critical extension',
    make: ({ reissue }) => reissue({ extensions: { unknown: write.unknown('2.999.1.2.3', true) } }),
  },
  otherKey: {
    what: 'its key does not belong to the private key with which the server signs',
    make: ({ reissue, curve }) => reissue({ key: newKey(curve) }),
  },
  otherCurve: {
    what: 'its key is on a different curve from the key of its CI',
    make: ({ reissue, curve }) => reissue({ key: newKey(curve === 'P-256' ? 'brainpoolP256r1' : 'P-256') }),
  },
  revoked: {
    what: `its serial number, ${revokedSerialNumber}, is in the CRL of /api/v1/pki/crl`,
    make: ({ reissue }) => reissue({ serialNumber: revokedSerialNumber }),
  },
} as const satisfies Readonly<Record<string, Defect>>;
export type DefectName = keyof typeof certificateDefects;

/**
 * Issues a defective copy of a certificate of this SM-DP+.
 *
 * @throws ChangeError if `der` is not a certificate of this server, or if the private key of its CI is not available
 */
export const issueDefective = (name: DefectName, der: Buffer, context: IssuingContext): Buffer =>
  certificateDefects[name].make(originalOf(der, context));

const kinds = { auth: ['dpAuth', issueDpAuth], pb: ['dpPb', issueDpPb] } as const;

function originalOf(der: Buffer, { pki, now }: IssuingContext): Original {
  for (const identity of pki.identities) {
    for (const member of ['auth', 'pb'] as const) {
      const { certificate, key } = identity[member];
      if (!certificate.der.equals(der)) continue;
      const [role, issue] = kinds[member];
      const reissueUnder = (ci: Credential, changes: Changes = {}): Buffer =>
        issue(ci, identity.oid, { key, now, ...changes }).der;
      const reissue = (changes: Changes): Buffer => {
        const ci = pki.issuers.find((each) =>
          each.certificate.subjectKeyId?.equals(identity.ci.subjectKeyId!),
        );
        if (!ci) throw new ChangeError('needs the private key of the CI, which is not in the PKI folder');
        return reissueUnder(ci, changes);
      };
      return { der, curve: certificate.curve, role, now, reissue, reissueUnder };
    }
  }
  throw new ChangeError('is not a certificate of this SM-DP+');
}
