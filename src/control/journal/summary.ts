import Type, { type Static } from 'typebox';
import type { ExchangeEntry } from '../../exchanges/journal/index.js';
import { isoTime } from '../profiles/view.js';

const optionalText = (description?: string) =>
  Type.Optional(Type.String(description === undefined ? {} : { description }));

/** An exchange in a few words. */
export const ExchangeSummary = Type.Object(
  {
    id: Type.Integer({ description: 'counts upwards; can be given as since' }),
    at: Type.String({ description: "when it was answered, by the server's clock" }),
    duration: Type.Number({ description: 'milliseconds' }),
    interface: Type.String({ description: 'ES9+, ES2+, ES11, ES12' }),
    function: Type.String(),
    namespace: Type.Union([Type.String(), Type.Null()], {
      description: 'that of the order; null: none, or not known yet',
    }),
    session: optionalText('TransactionId'),
    eid: optionalText(),
    matchingId: optionalText(),
    iccid: optionalText(),
    result: Type.String({ description: 'Executed-Success, a status code, HTTP 500, interrupted' }),
    message: optionalText('why it was refused'),
    state: Type.Optional(
      Type.Object({ before: Type.String(), after: Type.String() }, { description: 'of the profile' }),
    ),
    faults: Type.Optional(
      Type.Array(Type.Object({ by: Type.String(), what: Type.String() }), {
        description: 'what the server did on purpose',
      }),
    ),
  },
  { description: 'One request and its answer' },
);
export type ExchangeSummary = Static<typeof ExchangeSummary>;

export function summaryOf(entry: ExchangeEntry): ExchangeSummary {
  const { id, at, exchange, facts, session, result } = entry;
  const { order, stateAfter, refusal, notes } = exchange;
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
    ...(refusal && { message: refusal.message }),
    ...(order && { state: { before: order.state, after: stateAfter ?? order.state } }),
    ...(notes.length > 0 && { faults: notes.map(({ by, what }) => ({ by, what })) }),
  };
}
