import Type, { type Static } from 'typebox';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { textOrNull } from '../http/or-null.js';
import { isoTime } from '../profiles/view.js';

const optionalText = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));

/** The summary of an exchange. */
export const ExchangeSummary = Type.Object(
  {
    id: Type.Integer({ description: 'grows with each exchange; usable as since' }),
    at: Type.String({ description: "when the server answered, by the server's clock" }),
    duration: Type.Number({ description: 'milliseconds' }),
    interface: Type.String({
      description: 'ES9+, ES2+, ES11 or ES12; TLS or HTTP where no function was called',
    }),
    function: Type.String({ description: 'such as authenticateClient; handshake for TLS, request for HTTP' }),
    namespace: textOrNull('namespace of the order; null: none, or not known yet'),
    session: optionalText('TransactionId'),
    eid: optionalText(),
    matchingId: optionalText(),
    iccid: optionalText(),
    result: Type.String({
      description:
        'Executed-Success, a status code, HTTP 500, TLS unknown_ca, unverified (of a notification) or interrupted',
    }),
    message: optionalText('why the server refused the request, or why no function was called'),
    outcome: optionalText('of a notification: acted upon, or the reason why it had no effect'),
    hint: optionalText('what the person who runs the client can do'),
    peer: optionalText('address and port of the client'),
    serverName: optionalText('host name that the client asked for in TLS (SNI)'),
    path: optionalText('method and path of a request that called no function'),
    state: Type.Optional(
      Type.Object(
        { before: Type.String(), after: Type.String() },
        { description: 'state of the profile, if the request concerned one' },
      ),
    ),
    faults: Type.Optional(
      Type.Array(Type.Object({ by: Type.String(), what: Type.String() }), {
        description: 'faults that the server produced on purpose',
      }),
    ),
  },
  { description: 'One request and its answer' },
);
export type ExchangeSummary = Static<typeof ExchangeSummary>;

export function summaryOf(entry: ExchangeEntry): ExchangeSummary {
  const { id, at, exchange, facts, session, result } = entry;
  const { order, stateAfter, refusal, faultNotes, notification, listenerFailure, origin } = exchange;
  const message = listenerFailure?.message ?? refusal?.message;
  return {
    id,
    at: isoTime(at),
    duration: Math.round(entry.duration * 1000) / 1000,
    interface: exchange.interfaceName,
    function: exchange.functionName,
    namespace: facts.namespace ?? null,
    ...(session && { session: session.transactionId }),
    ...(facts.eid !== undefined && { eid: facts.eid }),
    ...(facts.matchingId !== undefined && { matchingId: facts.matchingId }),
    ...(facts.iccid !== undefined && { iccid: facts.iccid }),
    result,
    ...(message !== undefined && { message }),
    ...(notification && { outcome: notification.outcome }),
    ...(listenerFailure?.hint !== undefined && { hint: listenerFailure.hint }),
    ...(origin.peer !== undefined && { peer: origin.peer }),
    ...(origin.serverName !== undefined && { serverName: origin.serverName }),
    ...(listenerFailure && origin.path !== undefined && { path: origin.path }),
    ...(order && { state: { before: order.state, after: stateAfter ?? order.state } }),
    ...(faultNotes.length > 0 && { faults: faultNotes.map(({ by, what }) => ({ by, what })) }),
  };
}
