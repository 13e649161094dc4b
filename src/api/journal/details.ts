import Type, { type Static } from 'typebox';
import {
  refusingClause,
  secretsOf,
  withoutSecrets,
  type ExchangeEntry,
} from '../../instruments/journal/index.js';
import type { Store } from '../../store/index.js';
import { MessageView, messageView } from './message-view.js';
import { NearestOrder, nearestOrder } from './nearest-order.js';
import { ExchangeSummary, summaryOf } from './summary.js';

const CheckView = Type.Object({
  clause: Type.String({ description: 'of SGP.22: 5.6.3 (2)' }),
  what: Type.String(),
});

/** An exchange with everything that is known of it. */
export const ExchangeDetails = Type.Object({
  ...ExchangeSummary.properties,
  checks: Type.Array(CheckView, { description: 'checks that held, in their order' }),
  refusal: Type.Optional(
    Type.Object(
      {
        status: Type.String(),
        message: Type.String(),
        clause: Type.Optional(Type.String({ description: 'where SGP.22 has the check' })),
      },
      { description: 'the check that did not hold' },
    ),
  ),
  nearest: Type.Optional(NearestOrder),
  deviations: Type.Optional(
    Type.Array(CheckView, {
      description: 'where the request departs from SGP.22 and was served all the same',
    }),
  ),
  request: Type.Optional(MessageView),
  answer: Type.Object({
    status: Type.Integer({ description: 'of HTTP' }),
    ...MessageView.properties,
    delivery: Type.Optional(Type.Unknown({ description: 'how it was sent, where that was unusual' })),
  }),
  secrets: Type.Optional(
    Type.Record(Type.String(), Type.String(), { description: 'upper-case hex; only with secrets=true' }),
  ),
});
export type ExchangeDetails = Static<typeof ExchangeDetails>;

/** @param showSecrets whether confirmation codes, one-time private keys and session keys are shown */
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

/** Once each: a decision that was taken anew has made its checks again. */
const checksOf = ({ exchange }: ExchangeEntry): ExchangeDetails['checks'] => [
  ...new Map(exchange.checks.map((check) => [`${check.clause} ${check.what}`, check])).values(),
];
