import Type, { type Static } from 'typebox';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import type { FaultNote, RuleOutcome } from '../../instruments/exchanges/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';

const optionalText = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));

/** Milliseconds with three decimals. */
export const roundedMilliseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

const fault = viewFrom<FaultNote>()((member) => ({
  by: member(Type.String(), ({ by }) => by),
  what: member(Type.String(), ({ what }) => what),
  outcome: member(
    Type.Optional(
      Type.Integer({ description: 'number of the chosen outcome in the list of the rule, counted from 1' }),
    ),
    ({ outcome }) => outcome,
  ),
}));

const ruleOutcome = viewFrom<RuleOutcome>()((member) => ({
  by: member(Type.String({ description: 'the fault rule' }), ({ by }) => by),
  outcome: member(Type.Integer({ description: 'counted from 1' }), ({ outcome }) => outcome),
  real: member(
    Type.Boolean({ description: 'whether the server answered as if there were no rule' }),
    ({ isReal }) => isReal,
  ),
}));

export const summaryView = viewFrom<ExchangeEntry>()(
  (member) => ({
    id: member(
      Type.Integer({
        description: 'number that increases with each exchange; the query parameter `since` accepts it',
      }),
      ({ id }) => id,
    ),
    at: member(Type.String({ description: "time of the answer, by the server's clock" }), ({ at }) =>
      isoTime(at),
    ),
    duration: member(Type.Number({ description: 'milliseconds' }), ({ duration }) =>
      roundedMilliseconds(duration),
    ),
    interface: member(
      Type.String({ description: 'ES9+, ES2+, ES11 or ES12; TLS or HTTP if no function was called' }),
      ({ exchange }) => exchange.interfaceName,
    ),
    function: member(
      Type.String({ description: 'such as authenticateClient; handshake for TLS, request for HTTP' }),
      ({ exchange }) => exchange.functionName,
    ),
    namespace: member(
      textOrNull('namespace of the order; null: none, or not known yet'),
      ({ facts }) => facts.namespace ?? null,
    ),
    session: member(optionalText('TransactionId'), ({ session }) => session?.transactionId),
    eid: member(optionalText(), ({ facts }) => facts.eid),
    matchingId: member(optionalText(), ({ facts }) => facts.matchingId),
    iccid: member(optionalText(), ({ facts }) => facts.iccid),
    result: member(
      Type.String({
        description:
          'Executed-Success, a status code, HTTP 500, TLS unknown_ca, unverified (for a notification) or interrupted',
      }),
      ({ result }) => result,
    ),
    message: member(
      optionalText('why the server refused the request, or why no function was called'),
      ({ exchange: { listenerFailure, refusal } }) => listenerFailure?.message ?? refusal?.message,
    ),
    outcome: member(
      optionalText('for a notification: "acted upon", or the reason why the notification had no effect'),
      ({ exchange }) => exchange.notification?.outcome,
    ),
    hint: member(
      optionalText('advice for the person who runs the client'),
      ({ exchange }) => exchange.listenerFailure?.hint,
    ),
    peer: member(optionalText('address and port of the client'), ({ exchange }) => exchange.origin.peer),
    serverName: member(
      optionalText('host name that the client asked for in TLS (SNI)'),
      ({ exchange }) => exchange.origin.serverName,
    ),
    path: member(
      optionalText('method and path of a request that called no function'),
      ({ exchange: { listenerFailure, origin } }) => (listenerFailure ? origin.path : undefined),
    ),
    state: member(
      Type.Optional(
        Type.Object(
          { before: Type.String(), after: Type.String() },
          { description: 'state of the profile, if the request concerned one' },
        ),
      ),
      ({ exchange: { order, stateAfter } }) =>
        order && { before: order.state, after: stateAfter ?? order.state },
    ),
    forwardedTo: member(
      optionalText('the other SM-DP+ that the request was passed on to'),
      ({ exchange }) => exchange.forwardedTo,
    ),
    faults: member(
      Type.Optional(Type.Array(fault.schema, { description: 'deliberate faults of the server' })),
      ({ exchange: { faultNotes } }) => (faultNotes.length > 0 ? faultNotes.map(fault.of) : undefined),
    ),
    ruleOutcomes: member(
      Type.Optional(
        Type.Array(ruleOutcome.schema, {
          description: 'the outcomes that fault rules chose from their lists for the request',
        }),
      ),
      ({ exchange: { ruleOutcomes } }) =>
        ruleOutcomes.length > 0 ? ruleOutcomes.map(ruleOutcome.of) : undefined,
    ),
  }),
  { description: 'One request and its answer' },
);

/** The summary of an exchange. */
export const ExchangeSummary = summaryView.schema;
export type ExchangeSummary = Static<typeof ExchangeSummary>;
