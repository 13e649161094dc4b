import Type, { type Static } from 'typebox';

/** A text that may be absent or, in the code, `undefined`. */
const optionalText = (description: string) =>
  Type.Optional(Type.Unsafe<string | undefined>(Type.String({ description })));

/** The outcome of replaying an exchange. */
export const ReplayOutcome = Type.Enum(['same', 'different', 'notReplayed'], {
  description: 'whether the present answer is the same as the recorded one',
});
export type ReplayOutcome = Static<typeof ReplayOutcome>;

/** A value that differs between the recorded and the present answer. */
export const Difference = Type.Object({
  path: Type.String({
    description:
      'path of the value, such as smdpSigned2.ccRequiredFlag, header.functionExecutionStatus.status, HTTP status, order.state',
  }),
  recorded: optionalText(
    "the recorded value, in the journal's notation; absent: the recorded answer has none",
  ),
  now: optionalText('the present value; absent: the present answer has none'),
});
export type Difference = Readonly<Static<typeof Difference>>;

/** An exchange of a file, with its replay. */
export const ReplayedExchange = Type.Object({
  id: Type.Integer({ description: 'id of the exchange in the original journal' }),
  interface: Type.String(),
  function: Type.String(),
  session: optionalText('TransactionId'),
  outcome: ReplayOutcome,
  recorded: Type.String({
    description: 'the recorded result: Executed-Success, 8.2.6/3.8, HTTP 500, unverified, interrupted',
  }),
  now: optionalText('the present result; absent if the exchange was not replayed'),
  differences: Type.Array(Difference),
  why: optionalText('why the exchange was not replayed'),
  remark: optionalText('what was not compared, or a possible cause of the differences'),
});
export type ReplayedExchange = Readonly<Omit<Static<typeof ReplayedExchange>, 'differences'>> & {
  readonly differences: readonly Difference[];
};

/** The result of a replay. */
export const ReplayReport = Type.Object(
  {
    address: Type.String({ description: 'the SM-DP+ address of the recorded server' }),
    recordedVersion: Type.String({ description: 'the version of mock-smdp that recorded the answers' }),
    exchanges: Type.Array(ReplayedExchange),
    counts: Type.Object(
      { same: Type.Integer(), different: Type.Integer(), notReplayed: Type.Integer() },
      { description: 'number of exchanges by outcome' },
    ),
  },
  { description: 'What a server of this version answers to recorded requests' },
);
export type ReplayReport = Readonly<Omit<Static<typeof ReplayReport>, 'exchanges' | 'counts'>> & {
  readonly exchanges: readonly ReplayedExchange[];
  readonly counts: Readonly<Record<ReplayOutcome, number>>;
};
