import Type, { type Static } from 'typebox';
import { deletionPolicies, resultDataForms, type Operator } from '../../store/index.js';
import { orNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';

const point = Type.Optional(Type.Integer());

/** An operator as JSON. */
export const operatorView = viewFrom<Operator>()(
  (member) => ({
    identifier: member(
      Type.String({ description: 'functionRequesterIdentifier' }),
      ({ identifier }) => identifier,
    ),
    certificates: member(
      Type.Array(Type.String(), {
        description: "SHA-256 fingerprints of the operator's client certificates, lower-case hex",
      }),
      ({ certificates }) => [...certificates],
    ),
    expiredCertificates: member(
      Type.Boolean({
        description: 'whether the operator can use these certificates after they have expired',
      }),
      ({ expiredCertificates }) => expiredCertificates,
    ),
    callbackUrl: member(
      orNull(Type.String({ description: "base URL of the operator's ES2+ endpoint" })),
      ({ callbackUrl }) => callbackUrl,
    ),
    callbackCa: member(orNull(Type.String({ description: 'PEM' })), ({ callbackCa }) => callbackCa),
    callbackClientCertificate: member(
      Type.Boolean(),
      ({ callbackClientCertificate }) => callbackClientCertificate,
    ),
    confirmationCodeAttempts: member(
      Type.Integer(),
      ({ confirmationCodeAttempts }) => confirmationCodeAttempts,
    ),
    downloadAttempts: member(
      orNull(Type.Integer({ description: 'null: no limit' })),
      ({ downloadAttempts }) => downloadAttempts,
    ),
    orderValidity: member(
      orNull(
        Type.Integer({
          description: 'seconds from the confirmation of an order to its expiry; null: no expiry',
        }),
      ),
      ({ orderValidity }) => orderValidity,
    ),
    afterDeletion: member(Type.Enum([...deletionPolicies]), ({ afterDeletion }) => afterDeletion),
    notificationPointIds: member(
      Type.Object({ enable: point, disable: point, delete: point }),
      ({ notificationPointIds }) => notificationPointIds,
    ),
    resultData: member(Type.Enum([...resultDataForms]), ({ resultData }) => resultData),
    updatedAt: member(Type.String(), ({ updatedAt }) => isoTime(updatedAt)),
  }),
  { description: 'An operator' },
);
export const OperatorView = operatorView.schema;
export type OperatorView = Static<typeof OperatorView>;
