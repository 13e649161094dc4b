import { X509Certificate } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { orNull } from '../http/or-null.js';
import { operatorDefaults } from '../../orders/index.js';
import { fingerprintOf } from '../../pki/index.js';
import { deletionPolicies, resultDataForms, type Operator } from '../../store/index.js';
import { requireBaseUrl, requireCertificates } from '../http/field-checks.js';
import { fieldProblem } from '../http/problem.js';

const limit = (description: string) => Type.Integer({ minimum: 0, maximum: 1_000_000_000, description });
const point = Type.Optional(
  Type.Integer({ minimum: 5, maximum: 65_535, description: 'a notificationPointId from 5 to 65535' }),
);

/** Body of `PUT /operators/{identifier}`. Omitted members get their defaults. */
export const OperatorBody = Type.Object(
  {
    certificates: Type.Optional(
      Type.Array(Type.String({ maxLength: 65_536 }), {
        maxItems: 100,
        description: 'a list of client certificates in PEM, or of their SHA-256 fingerprints; default: none',
      }),
    ),
    expiredCertificates: Type.Optional(
      Type.Boolean({
        description:
          'true or false: whether the operator can use these certificates after they have expired; default: false',
      }),
    ),
    callbackUrl: Type.Optional(
      orNull(
        Type.String({
          maxLength: 2048,
          description:
            "the base URL of the operator's ES2+ endpoint, to which the server adds /gsma/rsp2/es2plus/handleDownloadProgressInfo; null: no messages about downloads; default: null",
        }),
      ),
    ),
    callbackCa: Type.Optional(
      orNull(
        Type.String({
          maxLength: 1_048_576,
          description:
            'CA certificates in PEM that verify the TLS certificate of callbackUrl; null: the CIs and the roots of the system; default: null',
        }),
      ),
    ),
    callbackClientCertificate: Type.Optional(
      Type.Boolean({
        description:
          'true or false: whether the SM-DP+ presents its TLS certificate to the operator; default: true',
      }),
    ),
    confirmationCodeAttempts: Type.Optional(
      limit('a number of wrong confirmation codes after which an order ends; default: 5'),
    ),
    downloadAttempts: Type.Optional(
      orNull(
        limit('a number of downloads that devices may start for one order; null: no limit; default: null'),
      ),
    ),
    orderValidity: Type.Optional(
      orNull(
        limit('seconds from the confirmation of an order to its expiry; null: no expiry; default: null'),
      ),
    ),
    afterDeletion: Type.Optional(
      Type.Enum([...deletionPolicies], {
        description: `${deletionPolicies.join(' or ')}: what a delete notification does to a one-time profile; default: staysSpent`,
      }),
    ),
    notificationPointIds: Type.Optional(
      Type.Object(
        { enable: point, disable: point, delete: point },
        {
          additionalProperties: false,
          description:
            'the notificationPointIds of messages about enable, disable and delete; default: no messages',
        },
      ),
    ),
    resultData: Type.Optional(
      Type.Enum([...resultDataForms], {
        description: `${resultDataForms.join(' or ')}: whether resultData at notification point 4 holds the BF27 object or the whole BF37 object; default: profileInstallationResultData`,
      }),
    ),
  },
  { additionalProperties: false, description: 'an object with the settings of the operator' },
);
export type OperatorBody = Static<typeof OperatorBody>;

/**
 * Reads an operator from a body.
 *
 * @throws Problem 400 for an invalid certificate, fingerprint or URL
 */
export function operatorFrom(identifier: string, body: OperatorBody, now: number): Operator {
  if (typeof body.callbackUrl === 'string')
    requireBaseUrl('callbackUrl', body.callbackUrl, 'https://bss.example.com:8444');
  if (typeof body.callbackCa === 'string') requireCertificates('callbackCa', body.callbackCa);
  return {
    ...operatorDefaults,
    ...body,
    certificates: [...new Set((body.certificates ?? []).map(fingerprint))],
    identifier,
    updatedAt: now,
  };
}

/** 32 octets in hex, with or without the colons that OpenSSL puts between them. */
const fingerprintForm = /^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i;

function fingerprint(given: string, index: number): string {
  if (fingerprintForm.test(given)) return given.replaceAll(':', '').toLowerCase();
  try {
    return fingerprintOf(new X509Certificate(given));
  } catch {
    throw fieldProblem(
      `certificates.${index}`,
      'is neither a certificate in PEM nor a SHA-256 fingerprint',
      'take the text from BEGIN to END CERTIFICATE, or the output of: openssl x509 -noout -fingerprint -sha256',
    );
  }
}
