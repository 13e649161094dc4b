import Type, { type Static } from 'typebox';
import type { Check } from '../../instruments/exchanges/index.js';
import {
  refusingClause,
  secretsOf,
  withoutSecrets,
  type ExchangeEntry,
} from '../../instruments/journal/index.js';
import type { Store } from '../../store/index.js';
import { joined, viewFrom, viewOfPart } from '../http/view.js';
import { DeviceWordsView, whatDevicesSay } from './device-words-view.js';
import { exchangeFailure } from './exchange-failure.js';
import { messageView } from './message-view.js';
import { NearestOrder, nearestOrder } from './nearest-order.js';
import { summaryView } from './summary.js';

const check = viewFrom<Check>()((member) => ({
  clause: member(Type.String({ description: 'clause of SGP.22, such as 5.6.3 (2)' }), ({ clause }) => clause),
  what: member(Type.String(), ({ what }) => what),
}));

interface FailedCheck {
  readonly status: string;
  readonly message: string;
  readonly clause: string | undefined;
}

const failedCheck = viewFrom<FailedCheck>()(
  (member) => ({
    status: member(Type.String(), ({ status }) => status),
    message: member(Type.String(), ({ message }) => message),
    clause: member(
      Type.Optional(Type.String({ description: 'clause of the check in SGP.22' })),
      ({ clause }) => clause,
    ),
  }),
  { description: 'the check that failed' },
);

type SentAnswer = ExchangeEntry['answer'];

const answerView = joined(
  joined(
    viewFrom<SentAnswer>()((member) => ({
      status: member(Type.Integer({ description: 'HTTP status' }), ({ status }) => status),
    })),
    messageView,
  ),
  viewFrom<SentAnswer>()((member) => ({
    delivery: member(
      Type.Optional(Type.Unknown({ description: 'unusual ways in which the server sent the answer' })),
      ({ delivery }) => delivery,
    ),
  })),
);

interface InDetail {
  readonly entry: ExchangeEntry;
  readonly nearest: NearestOrder | undefined;
  /** Whether to include confirmation codes, one-time private keys and session keys. */
  readonly showSecrets: boolean;
}

const details = joined(
  viewOfPart(summaryView, ({ entry }: InDetail) => entry),
  viewFrom<InDetail>()((member) => ({
    checks: member(
      Type.Array(check.schema, { description: 'checks that the request passed, in order' }),
      ({ entry }) => checksOf(entry).map(check.of),
    ),
    refusal: member(Type.Optional(failedCheck.schema), ({ entry: { exchange } }) => {
      const { refusal } = exchange;
      return (
        refusal &&
        failedCheck.of({
          status: refusal.status,
          message: refusal.message,
          clause: refusingClause(exchange),
        })
      );
    }),
    nearest: member(Type.Optional(NearestOrder), ({ nearest }) => nearest),
    whatDevicesSay: member(Type.Optional(DeviceWordsView), ({ entry }) =>
      whatDevicesSay(exchangeFailure(entry)),
    ),
    deviations: member(
      Type.Optional(
        Type.Array(check.schema, { description: 'deviations from SGP.22 that the server accepted' }),
      ),
      ({ entry: { exchange } }) =>
        exchange.deviations.length > 0 ? exchange.deviations.map(check.of) : undefined,
    ),
    request: member(Type.Optional(messageView.schema), ({ entry: { exchange }, showSecrets }) => {
      const { request } = exchange;
      return (
        request &&
        messageView.of({
          headers: request.headers,
          body: showSecrets ? request.body : withoutSecrets(request.body),
        })
      );
    }),
    answer: member(answerView.schema, ({ entry }) => answerView.of(entry.answer)),
    secrets: member(
      Type.Optional(
        Type.Record(Type.String(), Type.String(), {
          description: 'upper-case hex; only with secrets=true',
        }),
      ),
      ({ entry, showSecrets }) => {
        const secrets = showSecrets ? secretsOf(entry) : {};
        return Object.keys(secrets).length > 0 ? secrets : undefined;
      },
    ),
  })),
);

/** An exchange in full: its summary, checks, messages and, on request, secrets. */
export const ExchangeDetails = details.schema;
export type ExchangeDetails = Static<typeof ExchangeDetails>;

/** @param showSecrets whether to include confirmation codes, one-time private keys and session keys */
export const detailsOf = async (
  store: Store,
  entry: ExchangeEntry,
  showSecrets: boolean,
): Promise<ExchangeDetails> => details.of({ entry, nearest: await nearestOrder(store, entry), showSecrets });

/** The checks without duplicates. A retried decision repeats its checks. */
const checksOf = ({ exchange }: ExchangeEntry): Check[] => [
  ...new Map(exchange.checks.map((check) => [`${check.clause} ${check.what}`, check])).values(),
];
