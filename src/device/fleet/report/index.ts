import { fleetStates, type FleetState } from '../states.js';
import type { FleetResult } from '../tally.js';
import { barChart, timeChart } from './charts.js';
import { escaped, htmlTable } from './html.js';
import { style } from './style.js';

/** Draws the result of a fleet as one HTML page with plots. The page loads no other files. */
export function fleetReport(result: FleetResult, title = 'mock-smdp fleet'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="muted">${escaped(headline(result))}</p>
${numbers(result)}
${outcomes(result)}
${overTime(result)}
${latencies(result)}
${failures(result)}
</body>
</html>
`;
}

const headline = ({ startedAt, seconds, stopped }: FleetResult): string =>
  `Started ${startedAt.slice(0, 19).replace('T', ' ')} UTC, ${seconds.toLocaleString('en')} s${stopped ? ', stopped before its end' : ''}`;

function numbers(result: FleetResult): string {
  const { devices, states, expected, unexpected, retries, lostRequests, lostAnswers, mostInFlight, seconds } =
    result;
  const facts: [string, string][] = [
    ['devices', devices.toLocaleString('en')],
    ['ended as expected', expected.toLocaleString('en')],
    ['did not end as expected', unexpected.toLocaleString('en')],
    ['devices a second', (seconds > 0 ? (devices - states.notStarted) / seconds : 0).toFixed(1)],
    ['most at once', mostInFlight.toLocaleString('en')],
    ['retries', retries.toLocaleString('en')],
    ['lost requests', lostRequests.toLocaleString('en')],
    ['lost answers', lostAnswers.toLocaleString('en')],
  ];
  const list = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('');
  return `<dl class="numbers">${list}</dl>`;
}

function outcomes({ states }: FleetResult): string {
  const seen = (Object.entries(states) as [FleetState, number][]).filter(([, count]) => count > 0);
  const rows = seen.map(([state, value]) => ({
    label: state,
    bars: [{ name: fleetStates[state], colour: state === 'installed' ? 'good' : 'bad', value }],
  }));
  const meanings = htmlTable(
    ['state', 'devices', 'meaning'],
    seen.map(([state, count]) => [state, count, fleetStates[state]]),
  );
  return `<h2>How the devices ended</h2>\n${barChart('Devices by end state', '', rows)}\n${meanings}`;
}

function overTime(result: FleetResult): string {
  const { binSeconds, bins } = result.timeline;
  const labelAt = (bin: number): string => timeLabel(bin * binSeconds, result.clock);
  const common = { labelAt, bins: bins.length };
  const count = timeChart({
    ...common,
    title: `In each interval of ${binSeconds} s`,
    unit: 'devices',
    bars: [
      { name: 'ended as expected', colour: 'good', values: bins.map(({ expected }) => expected) },
      { name: 'did not end as expected', colour: 'bad', values: bins.map(({ unexpected }) => unexpected) },
    ],
    lines: [
      { name: 'began', colour: 'one', values: bins.map(({ started }) => started) },
      { name: 'under way', colour: 'three', values: bins.map(({ inFlight }) => inFlight) },
    ],
  });
  const duration = timeChart({
    ...common,
    title: 'Duration of the devices that ended, including pauses',
    unit: 'ms',
    lines: [
      { name: 'median', colour: 'one', values: bins.map(({ p50 }) => p50) },
      { name: '95th percentile', colour: 'two', values: bins.map(({ p95 }) => p95) },
    ],
  });
  return `<h2>Over time</h2>\n${count}\n${duration}`;
}

/** The label of a time on the axis: seconds since the start, or the time of day if the arrival pattern has one. */
function timeLabel(seconds: number, clock: FleetResult['clock']): string {
  if (!clock) return `${Math.round(seconds * 10) / 10} s`;
  const total = Math.round(clock.start + seconds * clock.timeLapse);
  const day = Math.floor(total / 86_400);
  const inDay = ((total % 86_400) + 86_400) % 86_400;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = `${two(inDay / 3600)}:${two((inDay / 60) % 60)}`;
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return clock.start === 0 ? `${names[((day % 7) + 7) % 7]} ${time}` : `${time}:${two(inDay % 60)}`;
}

function latencies({ latencies: all, durations, lateness }: FleetResult): string {
  const functions = Object.entries(all);
  const rows = functions.map(([label, { p50, p95, p99 }]) => ({
    label,
    bars: [
      { name: 'median', colour: 'one', value: p50 },
      { name: '95th percentile', colour: 'two', value: p95 },
      { name: '99th percentile', colour: 'three', value: p99 },
    ],
  }));
  const table = htmlTable(
    ['', 'requests', 'mean ms', 'p50', 'p90', 'p95', 'p99', 'max'],
    [...functions, ['whole device', durations] as const, ['began late by', lateness] as const].map(
      ([name, { count, mean, p50, p90, p95, p99, max }]) => [name, count, mean, p50, p90, p95, p99, max],
    ),
  );
  return `<h2>Latency of each function</h2>\n${barChart('From request to answer', ' ms', rows)}\n${table}`;
}

function failures({ failures: all, unexpectedDevices, unexpected }: FleetResult): string {
  const parts: string[] = [];
  if (all.length > 0) {
    const rows = all.map(({ count, state, step, code, message }) => [count, state, step, code, message]);
    parts.push(
      `<h2>Devices that did not end as installed</h2>\n${htmlTable(['devices', 'state', 'step', 'code', 'first message'], rows)}`,
    );
  }
  if (unexpectedDevices.length > 0) {
    const rows = unexpectedDevices.map(({ eid, state, step, code }) => [
      eid,
      state,
      step ?? null,
      code ?? null,
    ]);
    parts.push(
      `<h2>Devices that did not end as expected</h2>\n<p class="muted">The first ${unexpectedDevices.length} of ${unexpected.toLocaleString('en')}.</p>\n${htmlTable(['EID', 'state', 'step', 'code'], rows)}`,
    );
  }
  return parts.join('\n');
}
