import Type, { type TSchema } from 'typebox';
import { finalProfileStatuses } from '../../orders/index.js';

/** What of a route is documented. */
export interface Description {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly body: TSchema;
  readonly response: Readonly<Record<number, object>>;
}

const header = Type.Object({
  functionRequesterIdentifier: Type.String({ description: 'who calls: the OID or the name of the operator' }),
  functionCallIdentifier: Type.String({ description: 'which call it is: repeated, it gets the same answer' }),
});

const answerHeader = Type.Object({
  functionExecutionStatus: Type.Object({
    status: Type.Enum(['Executed-Success', 'Executed-WithWarning', 'Failed', 'Expired']),
    statusCodeData: Type.Optional(
      Type.Object({
        subjectCode: Type.String({ description: '8.2.1' }),
        reasonCode: Type.String({ description: '3.9' }),
        message: Type.Optional(Type.String()),
      }),
    ),
  }),
});

/** Names of what all functions have. */
export const es2plusSchemas = { Es2PlusRequestHeader: header, Es2PlusAnswerHeader: answerHeader };

const iccid = Type.String({ description: '18 to 20 digits; an F that pads 19 to 20 is taken' });
const eid = Type.Optional(Type.String({ description: '32 digits' }));
const matchingId = Type.Optional(
  Type.String({ description: 'A to Z, 0 to 9 and -; empty: the device is found by its EID' }),
);

const described = (
  summary: string,
  request: Record<string, TSchema>,
  answer: Record<string, TSchema>,
): Description => ({
  tags: ['ES2+'],
  summary,
  body: Type.Object({ header, ...request }),
  // A refusal has the header and nothing else.
  response: { 200: Type.Object({ header: answerHeader, ...answer }) },
});

/** The functions of ES2+, which check their requests themselves: a schema would answer what SGP.22 does not know. */
export const es2plusDescriptions: Readonly<Record<string, Description>> = {
  downloadOrder: described(
    'Order a profile, by ICCID or by profile type (SGP.22 5.3.1)',
    { eid, iccid: Type.Optional(iccid), profileType: Type.Optional(Type.String()) },
    { iccid: Type.Optional(iccid) },
  ),
  confirmOrder: described(
    'Confirm an order: it gets its MatchingID (SGP.22 5.3.2)',
    {
      iccid,
      eid,
      matchingId,
      confirmationCode: Type.Optional(Type.String()),
      smdsAddress: Type.Optional(Type.String({ description: 'SM-DS that devices learn of the order from' })),
      releaseFlag: Type.Boolean({ description: 'whether it can be downloaded at once' }),
    },
    { eid, matchingId, smdpAddress: Type.Optional(Type.String()) },
  ),
  cancelOrder: described(
    'Cancel an order (SGP.22 5.3.3)',
    {
      iccid,
      eid,
      matchingId,
      finalProfileStatusIndicator: Type.Enum([...finalProfileStatuses], {
        description: 'what becomes of the profile',
      }),
    },
    {},
  ),
  releaseProfile: described('Release a confirmed profile for download (SGP.22 5.3.4)', { iccid }, {}),
};
