import Type, { type Static } from 'typebox';
import { BodyChange, ValueChange } from '../edits/change.js';
import { tlsDefectNames } from '../tls/defects.js';
import { functionNames } from './functions.js';

/** The longest permitted delay of an answer, and the longest pause between two pieces, in milliseconds. */
const longestDelay = 600_000;

const pattern = (what: string) =>
  Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: `${what}; * matches any characters` }),
  );
const milliseconds = (what: string) =>
  Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: longestDelay,
      description: `milliseconds ${what}, at most ${longestDelay}`,
    }),
  );
const octets = (what: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 16_777_216, description: `a number of octets ${what}` }));
const flag = (what: string) => Type.Optional(Type.Boolean({ description: `true: ${what}` }));
const changes = (what: string) =>
  Type.Optional(Type.Record(Type.String(), ValueChange, { description: what }));

/** Selects the requests of a rule. An absent member matches everything. */
const matching = {
  interface: Type.Optional(
    Type.Enum(['ES2+', 'ES9+', 'ES11', 'ES12'], { description: 'ES2+, ES9+, ES11 or ES12' }),
  ),
  function: Type.Optional(Type.Enum(functionNames, { description: `one of ${functionNames.join(', ')}` })),
  eid: pattern('an EID'),
  matchingId: pattern('a MatchingID'),
  iccid: pattern('an ICCID'),
  tac: pattern('a TAC, eight digits as printed (deviceInfo has them with swapped nibbles)'),
};

/** Selects among the matching requests. */
const choosing = {
  nth: Type.Optional(
    Type.Integer({ minimum: 1, description: 'a number: only the nth request that matches, counted from 1' }),
  ),
  probability: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'a number from 0 to 1: the probability that the rule acts',
    }),
  ),
  seed: Type.Optional(
    Type.String({ maxLength: 255, description: 'a text: the same seed makes the same random choices' }),
  ),
  times: Type.Optional(
    Type.Integer({ minimum: 1, description: 'a number: how often the rule acts in total' }),
  ),
};

/** The effects of a rule. */
const acting = {
  when: Type.Optional(
    Type.Enum(['before', 'after'], {
      description:
        'before: the server does not handle the request; after: it handles the request, then replaces the answer',
    }),
  ),
  delay: milliseconds('to wait'),
  refuse: Type.Optional(
    Type.String({
      pattern: '^\\d{1,2}(\\.\\d{1,2}){0,3} */ *\\d{1,2}(\\.\\d{1,2}){0,3}$',
      description: 'a subject and a reason code of SGP.22 5.2.6: 8.2.6/3.8 (or 8.2.6 / 3.8)',
    }),
  ),
  message: Type.Optional(Type.String({ maxLength: 1000, description: 'the message of the refusal' })),
  httpStatus: Type.Optional(
    Type.Integer({ minimum: 200, maximum: 599, description: 'an HTTP status from 200 to 599' }),
  ),
  headers: Type.Optional(
    Type.Record(
      Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$" }),
      Type.Union([Type.String({ pattern: '^[\\x20-\\x7e]*$' }), Type.Null()]),
      { description: 'header fields of the answer with their values; null removes a field' },
    ),
  ),
  body: Type.Optional(Type.String({ maxLength: 1_048_576, description: 'a text that replaces the body' })),
  cut: Type.Optional(
    Type.Enum(['close', 'reset'], {
      description: 'close (FIN) or reset (RST): ends the connection without an answer',
    }),
  ),
  cutAfter: octets('of the body, sent before the cut'),
  edit: changes(
    'changes to signed or encoded values, each under its path: {"serverSigned1.serverAddress": "elsewhere"}',
  ),
  answer: changes('changes to members of the JSON answer, each under its path: {"transactionId": "AB"}'),
  octets: Type.Optional(BodyChange),
  pieces: octets('in each piece of the body'),
  chunked: flag('the body is sent with Transfer-Encoding: chunked'),
  pause: milliseconds('between two pieces'),
  close: flag('the connection is closed after the answer'),
  tls: Type.Optional(
    Type.Enum(tlsDefectNames, {
      description: `the defect of TLS connections: one of ${tlsDefectNames.join(', ')}`,
    }),
  ),
};

const { tls: _tls, ...givable } = acting;

/** One outcome in the list of a rule. */
export const Outcome = Type.Object(
  {
    real: flag('the server answers as if there were no rule'),
    repeat: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description: 'a number: how many requests in a row get this outcome; default: 1',
      }),
    ),
    ...givable,
  },
  { additionalProperties: false, description: 'an outcome: {"real": true}, or the effects of a rule' },
);
export type Outcome = Static<typeof Outcome>;

/** Gives the matching requests different effects, one after the other. */
const sequence = {
  outcomes: Type.Optional(
    Type.Array(Outcome, {
      minItems: 1,
      maxItems: 100,
      description:
        'a list of outcomes; each request on which the rule acts gets the next outcome: [{"refuse": "8.1/4.8"}, {"httpStatus": 503, "repeat": 2}, {"real": true}]',
    }),
  ),
  countedBy: Type.Optional(
    Type.Enum(['rule', 'eid', 'matchingId', 'transactionId'], {
      description:
        'rule, eid, matchingId or transactionId: whether all requests share one sequence, or each EID, MatchingID or session has its own; default: rule',
    }),
  ),
  atEnd: Type.Optional(
    Type.Enum(['stay', 'restart', 'off'], {
      description:
        'stay, restart or off: after the last outcome, repeat it, begin again, or stop acting; default: stay',
    }),
  ),
};

const scenarioState = (what: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: what }));

/** Lets rules depend on each other. */
const inScenario = {
  scenario: scenarioState(
    'the name of a scenario, 1 to 100 characters: rules with the same scenario share its state, which is Started at first',
  ),
  requiredState: scenarioState(
    'a state, 1 to 100 characters: the rule acts only in this state of its scenario',
  ),
  newState: scenarioState(
    'a state, 1 to 100 characters: when the rule acts, its scenario changes to this state',
  ),
};

/** A fault: which requests it affects, how many of them, and how. */
export const FaultRule = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'a name of 1 to 100 characters, for journal and log',
      }),
    ),
    next: Type.Optional(
      Type.Enum(functionNames, {
        description:
          'a function: the rule acts once, on the next request to this function (short for `function` and `times: 1`)',
      }),
    ),
    ...matching,
    ...choosing,
    ...inScenario,
    ...acting,
    ...sequence,
  },
  { additionalProperties: false, description: 'a fault rule' },
);
export type FaultRule = Static<typeof FaultRule>;

/** Selects the rules to list. A rule must have exactly these values. */
export const FaultFilter = Type.Object(
  { name: Type.Optional(Type.String({ description: 'the name of the rule' })), ...matching },
  { additionalProperties: false },
);
export type FaultFilter = Static<typeof FaultFilter>;

export const matchers = Object.keys(matching) as (keyof typeof matching)[];
export const effects = Object.keys(acting) as (keyof typeof acting)[];
/** The members that give outcomes one after the other. */
export const sequencing = Object.keys(sequence) as (keyof typeof sequence)[];
export const scenarioMembers = Object.keys(inScenario) as (keyof typeof inScenario)[];
