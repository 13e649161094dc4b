import type { Registry } from 'prom-client';
import Counter from 'prom-client/lib/counter.js';
import Histogram from 'prom-client/lib/histogram.js';
import type { Answer, Exchange, Interceptor } from '../../instruments/exchanges/index.js';
import { reasons, subjects, type Refusal } from '../../wire/rsp/index.js';

/** Bucket limits in seconds. They range from a fast look-up to an answer that a fault delays. */
export const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts the requests of SGP.22's interfaces, by result. */
export function exchangeMetrics(registry: Registry): Interceptor {
  const registers = [registry];
  const requests = new Counter({
    name: 'mock_smdp_requests_total',
    help: 'Requests by interface, function and result. The result is success, a status code of SGP.22, other (an unknown status code), unverified (a notification that the server keeps without acting on it), an HTTP status, TLS with the reason for a failed handshake, or cut (a fault cut the connection).',
    labelNames: ['interface', 'function', 'result'] as const,
    registers,
  });
  const durations = new Histogram({
    name: 'mock_smdp_request_duration_seconds',
    help: 'Time from a request of SGP.22 to its answer.',
    labelNames: ['interface', 'function'] as const,
    buckets,
    registers,
  });
  const faults = new Counter({
    name: 'mock_smdp_faults_provoked_total',
    help: 'Changes that faults made to requests and answers.',
    labelNames: ['interface', 'function'] as const,
    registers,
  });
  return {
    ended(exchange, answer) {
      const labels = { interface: exchange.interfaceName, function: exchange.functionName };
      requests.inc({ ...labels, result: resultOf(exchange, answer) });
      if (!exchange.listenerFailure)
        durations.observe(labels, (performance.now() - exchange.startedAt) / 1000);
      if (exchange.faultNotes.length > 0) faults.inc(labels, exchange.faultNotes.length);
    },
  };
}

function resultOf(
  { refusal, listenerFailure, notification }: Exchange,
  { status, delivery }: Answer,
): string {
  if (listenerFailure) return listenerFailure.result;
  if (delivery?.cut) return 'cut';
  if (status !== 200 && status !== 204) return `HTTP ${status}`;
  if (notification?.verified === false) return 'unverified';
  return refusal ? codeOf(refusal) : 'success';
}

/**
 * The status code as a label. A MatchingID can make the server refuse with any code, so unknown codes share one label.
 */
const codeOf = ({ subjectCode, reasonCode, status }: Refusal): string =>
  subjectCode in subjects && reasonCode in reasons ? status : 'other';
