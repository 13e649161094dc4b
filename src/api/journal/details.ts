import Type, { type Static } from 'typebox';
import {
  refusingClause,
  secretsOf,
  withoutSecrets,
  type ExchangeEntry,
} from '../../instruments/journal/index.js';
import type { Store } from '../../store/index.js';
import { DeviceWordsView, whatDevicesSay } from './device-words-view.js';
import { exchangeFailure } from './exchange-failure.js';
import { MessageView, messageView } from './message-view.js';
import { NearestOrder, nearestOrder } from './nearest-order.js';
import { ExchangeSummary, summaryOf } from './summary.js';

const CheckView = Type.Object({
  clause: Type.String({ description: 'clause of SGP.22, such as 5.6.3 (2)' }),
  what: Type.String(),
});

/** An exchange in full: its summary, checks, messages and, on request, secrets. */
export const ExchangeDetails = Type.Object({
  ...ExchangeSummary.properties,
  checks: Type.Array(CheckView, { description: 'checks that the request passed, in order' }),
  refusal: Type.Optional(
    Type.Object(
      {
        status: Type.String(),
        message: Type.String(),
        clause: Type.Optional(Type.String({ description: 'clause of the check in SGP.22' })),
      },
      { description: 'the check that failed' },
    ),
  ),
  nearest: Type.Optional(NearestOrder),
  whatDevicesSay: Type.Optional(DeviceWordsView),
  deviations: Type.Optional(
    Type.Array(CheckView, {
      description: 'departures from SGP.22 that the server accepted',
    }),
  ),
  request: Type.Optional(MessageView),
  answer: Type.Object({
    status: Type.Integer({ description: 'HTTP status' }),
    ...MessageView.properties,
    delivery: Type.Optional(Type.Unknown({ description: 'how the answer was sent, if that was unusual' })),
  }),
  secrets: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'upper-case hex; only with secrets=true' }),
  ),
});
export type ExchangeDetails = Static<typeof ExchangeDetails>;

/** @param showSecrets whether to include confirmation codes, one-time private keys and session keys */
export async function detailsOf(
  store: Store,
  entry: ExchangeEntry,
  showSecrets: boolean,
): Promise<ExchangeDetails> {
  const { exchange, answer } = entry;
  const { request, refusal, deviations } = exchange;
  const nearest = await nearestOrder(store, entry);
  const clause = refusingClause(exchange);
  const secrets = showSecrets ? secretsOf(entry) : {};
  return {
    ...summaryOf(entry),
    checks: checksOf(entry),
    ...(refusal && {
      refusal: { status: refusal.status, message: refusal.message, ...(clause !== undefined && { clause }) },
    }),
    ...(nearest && { nearest }),
    ...whatDevicesSay(exchangeFailure(entry)),
    ...(deviations.length > 0 && { deviations: [...deviations] }),
    ...(request && {
      request: messageView(request.headers, showSecrets ? request.body : withoutSecrets(request.body)),
    }),
    answer: {
      status: answer.status,
      ...messageView(answer.headers, answer.body),
      ...(answer.delivery && { delivery: answer.delivery }),
    },
    ...(Object.keys(secrets).length > 0 && { secrets }),
  };
}

/** Each check once, although a retried decision runs its checks again. */
const checksOf = ({ exchange }: ExchangeEntry): ExchangeDetails['checks'] => [
  ...new Map(exchange.checks.map((check) => [`${check.clause} ${check.what}`, check])).values(),
];
