import Type, { type Static } from 'typebox';
import {
  decodedBody,
  interrupted,
  success,
  type ExchangeEntry,
  type SessionTrace,
} from '../../instruments/journal/index.js';
import { textOrNull } from '../http/or-null.js';
import { isoTime } from '../profiles/view.js';
import { DeviceWordsView, whatDevicesSay } from './device-words-view.js';
import { memberAt } from './member-at.js';
import { sessionFailure } from './session-failure.js';

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

/** An RSP session: its device and order, its steps and its outcome. */
export const SessionView = Type.Object(
  {
    transactionId: Type.String(),
    namespace: textOrNull('namespace of the order; null: none'),
    begunAt: Type.String(),
    lastAt: Type.String(),
    eid: Type.Optional(Type.String()),
    matchingId: Type.Optional(Type.String()),
    iccid: Type.Optional(Type.String()),
    device: Type.Optional(Type.Unknown({ description: 'deviceInfo of the LPA, decoded' })),
    outcome: Type.Enum([...sessionOutcomes], {
      description: `one of ${sessionOutcomes.join(', ')}; delivered means that the result has not arrived yet`,
    }),
    status: Type.Optional(
      Type.String({ description: 'status code of the last refusal, or an HTTP status such as HTTP 503' }),
    ),
    whatDevicesSay: Type.Optional(DeviceWordsView),
    steps: Type.Array(
      Type.Object({
        id: Type.Integer(),
        function: Type.String(),
        result: Type.String(),
        duration: Type.Number({ description: 'milliseconds' }),
      }),
    ),
  },
  { description: 'An RSP session' },
);
export type SessionView = Static<typeof SessionView>;

export function sessionView(session: SessionTrace): SessionView {
  const { transactionId, entries, known } = session;
  const [first, last] = [entries[0]!, entries.at(-1)!];
  const device = deviceOf(entries);
  const outcome = outcomeOf(entries);
  const status = last.exchange.refusal?.status ?? (outcome === 'refused' ? failedResult(last) : undefined);
  return {
    transactionId,
    namespace: known.namespace ?? null,
    begunAt: isoTime(first.at),
    lastAt: isoTime(last.at),
    ...(known.eid !== undefined && { eid: known.eid }),
    ...(known.matchingId !== undefined && { matchingId: known.matchingId }),
    ...(known.iccid !== undefined && { iccid: known.iccid }),
    ...(device !== undefined && { device }),
    outcome,
    ...(status !== undefined && { status }),
    ...whatDevicesSay(sessionFailure(session)),
    steps: entries.map(({ id, exchange, result, duration }) => ({
      id,
      function: exchange.functionName,
      result,
      duration: Math.round(duration * 1000) / 1000,
    })),
  };
}

/** The result of a request that failed without a status code, such as `HTTP 503`. */
const failedResult = ({ result }: ExchangeEntry): string | undefined =>
  result === success || result === interrupted ? undefined : result;

/**
 * A signed result of the eUICC decides the outcome, whatever came before or after it. Without one, a cancellation decides it:
 * the server refuses later requests of that session.
 */
function outcomeOf(entries: readonly ExchangeEntry[]): SessionView['outcome'] {
  const conclusions = entries.flatMap(({ exchange }) => exchange.sessionOutcome ?? []);
  return conclusions.find((one) => one !== 'cancelled') ?? conclusions[0] ?? lastOutcome(entries);
}

function lastOutcome(entries: readonly ExchangeEntry[]): SessionView['outcome'] {
  const { exchange, result } = entries.findLast((entry) => !leavesSessionAlone(entry)) ?? entries.at(-1)!;
  const { functionName, facts } = exchange;
  if (result === interrupted) return 'interrupted';
  if (result !== success) return 'refused';
  if (functionName === 'getBoundProfilePackage') return 'delivered';
  if (functionName === 'authenticateClient' && facts.role === 'smds') return 'events retrieved';
  return 'under way';
}

/** An unsigned error in place of a cancellation does not end a session that has delivered a BPP. */
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
