import Type, { type Static, type TProperties } from 'typebox';

/** States that an operator may choose for the profile of a cancelled order (SGP.22 5.3.3). */
export const finalProfileStatuses = ['Available', 'Unavailable'] as const;

/** The characters of SGP.22 4.1, and the underscore, which conformance suites use, too. */
export const matchingIdForm = /^[-0-9A-Z_]{0,255}$/;
export const matchingIdInWords = 'up to 255 characters: A to Z, 0 to 9, hyphen and underscore';

const iccid = Type.String({
  pattern: '^[0-9A-Fa-f]{18,22}$',
  description:
    '18 to 20 digits; an F may pad 19 digits to 20; hex digits are allowed only if a profile has exactly this ICCID',
});
const eid = Type.Optional(Type.String({ pattern: '^[0-9]{32}$', description: '32 digits' }));
const matchingId = Type.Optional(
  Type.String({
    pattern: matchingIdForm.source,
    description: `${matchingIdInWords}; empty: the server finds the order by the device's EID`,
  }),
);
const text = (description: string) => Type.Optional(Type.String({ description }));

const fn = <const Request extends TProperties, const Answer extends TProperties>(
  summary: string,
  request: Request,
  answer: Answer,
) => ({ summary, request: Type.Object(request), answer: Type.Object(answer) });

/**
 * The functions that an operator calls over ES2+ (SGP.22 5.3), with the members of their requests and answers, without the header.
 * The parser, the OpenAPI document, the library and the command line all use this description.
 */
export const es2plusFunctions = {
  downloadOrder: fn(
    'Order a profile, by ICCID or by profile type (SGP.22 5.3.1)',
    { iccid: Type.Optional(iccid), profileType: text('any profile of this type'), eid },
    { iccid },
  ),
  confirmOrder: fn(
    'Confirm an order and give it a MatchingID (SGP.22 5.3.2)',
    {
      iccid,
      eid,
      matchingId,
      confirmationCode: text('the code that the end user must enter'),
      smdsAddress: text('the SM-DS that tells the device about the order'),
      releaseFlag: Type.Boolean({ description: 'whether the profile can be downloaded at once' }),
    },
    { eid, matchingId, smdpAddress: Type.String({ description: 'the SM-DP+ address' }) },
  ),
  cancelOrder: fn(
    'Cancel an order (SGP.22 5.3.3)',
    {
      iccid,
      eid,
      matchingId,
      finalProfileStatusIndicator: Type.Enum([...finalProfileStatuses], {
        description: 'the state of the profile after the cancellation',
      }),
    },
    {},
  ),
  releaseProfile: fn('Release a confirmed profile for download (SGP.22 5.3.4)', { iccid }, {}),
};

export type Es2PlusFunction = keyof typeof es2plusFunctions;
export type Es2PlusRequest<Name extends Es2PlusFunction> = Static<(typeof es2plusFunctions)[Name]['request']>;
export type Es2PlusAnswer<Name extends Es2PlusFunction> = Static<(typeof es2plusFunctions)[Name]['answer']>;
