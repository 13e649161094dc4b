import Type, { type Static } from 'typebox';
import { orNull } from '../http/or-null.js';
import { deletionPolicies, resultDataForms, type Operator } from '../../store/index.js';
import { isoTime } from '../profiles/view.js';

const point = Type.Optional(Type.Integer());

/** An operator as JSON. */
export const OperatorView = Type.Object(
  {
    identifier: Type.String({ description: 'functionRequesterIdentifier' }),
    certificates: Type.Array(Type.String(), {
      description: 'SHA-256 fingerprints of its client certificates, lower-case hex',
    }),
    callbackUrl: orNull(Type.String({ description: 'base URL of its own ES2+ endpoint' })),
    callbackCa: orNull(Type.String({ description: 'PEM' })),
    callbackClientCertificate: Type.Boolean(),
    confirmationCodeAttempts: Type.Integer(),
    downloadAttempts: orNull(Type.Integer({ description: 'null: no limit' })),
    orderValidity: orNull(Type.Integer({ description: 'seconds; null: for ever' })),
    afterDeletion: Type.Enum([...deletionPolicies]),
    notificationPointIds: Type.Object({ enable: point, disable: point, delete: point }),
    resultData: Type.Enum([...resultDataForms]),
    updatedAt: Type.String(),
  },
  { description: 'An operator' },
);
export type OperatorView = Static<typeof OperatorView>;

export const operatorView = ({
  identifier,
  updatedAt,
  certificates,
  ...settings
}: Operator): OperatorView => ({
  identifier,
  certificates: [...certificates],
  ...settings,
  updatedAt: isoTime(updatedAt),
});
