import { fleetStates, type FleetResult, type FleetState, type LatencySummary } from '../../device/index.js';
import { number, table } from '../output.js';

/** The summary of a fleet for people. */
export function summaryLines(result: FleetResult): string[] {
  const { devices, seconds, stopped, retries, lostRequests, lostAnswers, mostInFlight } = result;
  const begun = devices - result.states.notStarted;
  const perSecond = seconds > 0 ? (begun / seconds).toFixed(1) : '0';
  const losses = lostRequests + lostAnswers;
  return [
    `${number(devices)} devices in ${number(seconds)} s (${perSecond} a second, up to ${number(mostInFlight)} at once)${stopped ? ', stopped before the end' : ''}.`,
    ...(retries > 0 ? [`${number(retries)} retries.`] : []),
    ...(losses > 0
      ? [`Lost because of --loss: ${number(lostRequests)} requests, ${number(lostAnswers)} answers.`]
      : []),
    '',
    ...states(result),
    ...failures(result),
    ...latencies(result),
  ];
}

function states({ states: all }: FleetResult): string[] {
  const seen = (Object.entries(all) as [FleetState, number][]).filter(([, count]) => count > 0);
  return table(
    ['state', 'devices', 'meaning'],
    seen.map(([state, count]) => [state, number(count), fleetStates[state]]),
  );
}

function failures({ failures: all }: FleetResult): string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ count, state, step, code, message }) => [
    number(count),
    state,
    step,
    code,
    message,
  ]);
  return ['', ...table(['devices', 'state', 'step', 'code', 'first message'], rows)];
}

function latencies({ latencies: all, durations }: FleetResult): string[] {
  const row = ([name, { count, p50, p90, p95, p99, max }]: readonly [string, LatencySummary]) => [
    name,
    number(count),
    ...[p50, p90, p95, p99, max].map((value) => number(Math.round(value))),
  ];
  const rows = [...Object.entries(all), ['whole device', durations] as const].map(row);
  return ['', ...table(['milliseconds', 'count', 'p50', 'p90', 'p95', 'p99', 'max'], rows)];
}
