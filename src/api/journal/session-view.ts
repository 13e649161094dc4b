import Type, { type Static } from 'typebox';
import {
  decodedBody,
  interrupted,
  success,
  type ExchangeEntry,
  type SessionTrace,
} from '../../instruments/journal/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';
import { DeviceWordsView, whatDevicesSay } from './device-words-view.js';
import { memberAt } from './member-at.js';
import { sessionFailure } from './session-failure.js';
import { roundedMilliseconds } from './summary.js';

export const sessionOutcomes = [
  'installed',
  'failed',
  'delivered',
  'events retrieved',
  'cancelled',
  'refused',
  'interrupted',
  'under way',
] as const;

const step = viewFrom<ExchangeEntry>()((member) => ({
  id: member(Type.Integer(), ({ id }) => id),
  function: member(Type.String(), ({ exchange }) => exchange.functionName),
  result: member(Type.String(), ({ result }) => result),
  duration: member(Type.Number({ description: 'milliseconds' }), ({ duration }) =>
    roundedMilliseconds(duration),
  ),
}));

/** An RSP session: its device and order, its steps and its outcome. */
export const sessionView = viewFrom<SessionTrace>()(
  (member) => ({
    transactionId: member(Type.String(), ({ transactionId }) => transactionId),
    namespace: member(
      textOrNull('namespace of the order; null: none'),
      ({ known }) => known.namespace ?? null,
    ),
    begunAt: member(Type.String(), ({ entries }) => isoTime(entries[0]!.at)),
    lastAt: member(Type.String(), ({ entries }) => isoTime(entries.at(-1)!.at)),
    eid: member(Type.Optional(Type.String()), ({ known }) => known.eid),
    matchingId: member(Type.Optional(Type.String()), ({ known }) => known.matchingId),
    iccid: member(Type.Optional(Type.String()), ({ known }) => known.iccid),
    device: member(
      Type.Optional(Type.Unknown({ description: 'deviceInfo of the LPA, decoded' })),
      ({ entries }) => deviceOf(entries),
    ),
    outcome: member(
      Type.Enum([...sessionOutcomes], {
        description: `one of ${sessionOutcomes.join(', ')}; delivered means that the result has not arrived yet`,
      }),
      ({ entries }) => outcomeOf(entries),
    ),
    status: member(
      Type.Optional(
        Type.String({
          description:
            'status code of the last refusal; without one, `HTTP 503`, `empty answer` or `unreadable`',
        }),
      ),
      ({ entries }) => statusOf(entries),
    ),
    whatDevicesSay: member(Type.Optional(DeviceWordsView), (session) =>
      whatDevicesSay(sessionFailure(session)),
    ),
    steps: member(Type.Array(step.schema), ({ entries }) => entries.map(step.of)),
  }),
  { description: 'An RSP session' },
);
export const SessionView = sessionView.schema;
export type SessionView = Static<typeof SessionView>;

type SessionOutcome = (typeof sessionOutcomes)[number];

function statusOf(entries: readonly ExchangeEntry[]): string | undefined {
  const last = entries.at(-1)!;
  return last.exchange.refusal?.status ?? (outcomeOf(entries) === 'refused' ? failedResult(last) : undefined);
}

/** The result of a request that failed without a status code, such as `HTTP 503`. */
const failedResult = ({ result }: ExchangeEntry): string | undefined =>
  result === success || result === interrupted ? undefined : result;

/**
 * A signed result of the eUICC decides the outcome, whatever other requests the session has. Without a signed result, a
 * cancellation decides the outcome, because the server refuses later requests of that session.
 */
function outcomeOf(entries: readonly ExchangeEntry[]): SessionOutcome {
  const conclusions = entries.flatMap(({ exchange }) => exchange.sessionOutcome ?? []);
  return conclusions.find((one) => one !== 'cancelled') ?? conclusions[0] ?? lastOutcome(entries);
}

function lastOutcome(entries: readonly ExchangeEntry[]): SessionOutcome {
  const { exchange, result } = entries.findLast((entry) => !leavesSessionAlone(entry)) ?? entries.at(-1)!;
  const { functionName, facts } = exchange;
  if (result === interrupted) return 'interrupted';
  if (result !== success) return 'refused';
  if (functionName === 'getBoundProfilePackage') return 'delivered';
  if (functionName === 'authenticateClient' && facts.role === 'smds') return 'events retrieved';
  return 'under way';
}

/**
 * Whether the exchange is a cancellation that did not end the session: the server had delivered the BPP, and the eUICC answered the
 * cancellation with an unsigned error.
 */
const leavesSessionAlone = ({ exchange, result }: ExchangeEntry): boolean =>
  exchange.functionName === 'cancelSession' && result === success && exchange.sessionOutcome === undefined;

/** The deviceInfo that the LPA sent with authenticateClient, decoded. */
function deviceOf(entries: readonly ExchangeEntry[]): unknown {
  const step = entries.find(({ exchange }) => exchange.functionName === 'authenticateClient');
  const body = step?.exchange.request?.body;
  return memberAt(body && decodedBody(body), [
    'authenticateServerResponse',
    'authenticateResponseOk',
    'euiccSigned1',
    'ctxParams1',
    'ctxParamsForCommonAuthentication',
    'deviceInfo',
  ]);
}
