import { LatencyHistogram, type LatencySummary } from './histogram.js';
import type { LinkObserver } from './lossy-link.js';
import type { FleetDevice, FleetProgress } from './options.js';
import { fleetStates, type DeviceEnd, type FleetState } from './states.js';
import { Timeline, type TimelineSummary } from './timeline.js';

/** Devices that ended with the same state, step and code. */
export interface FailureCount {
  readonly state: FleetState;
  readonly step: string | null;
  readonly code: string | null;
  readonly count: number;
  /** The message of the first such device. */
  readonly message: string;
}

/** A device that did not end as expected. */
export interface UnexpectedDevice extends DeviceEnd {
  readonly eid: string;
}

/** The result of a fleet, as JSON. */
export interface FleetResult {
  readonly startedAt: string;
  readonly seconds: number;
  /** Whether the fleet was stopped before its end. */
  readonly stopped: boolean;
  /** Number of devices: the sum of `states`. */
  readonly devices: number;
  readonly states: Readonly<Record<FleetState, number>>;
  /** Devices that ended as expected. */
  readonly expected: number;
  readonly unexpected: number;
  /** All ends other than `installed`, most frequent first. */
  readonly failures: readonly FailureCount[];
  /** The first devices that did not end as expected. */
  readonly unexpectedDevices: readonly UnexpectedDevice[];
  readonly retries: number;
  readonly lostRequests: number;
  readonly lostAnswers: number;
  /** Maximum number of devices that ran at the same time. */
  readonly mostInFlight: number;
  /** The delays of devices that had to wait until other devices ended. */
  readonly lateness: LatencySummary;
  /** Latency of each function of ES9+, from request to answer. */
  readonly latencies: Readonly<Record<string, LatencySummary>>;
  /** Duration of a device from its beginning to its end, including pauses. */
  readonly durations: LatencySummary;
  readonly timeline: TimelineSummary;
  /**
   * The clock of the timeline: its start in seconds since midnight, and how many times faster than real time it runs.
   * `null` for arrivals without a time of day.
   */
  readonly clock: { readonly start: number; readonly timeLapse: number } | null;
}

/** Maximum number of different failures in a result. */
const mostFailures = 200;
/** Maximum number of devices that a result lists. */
const mostListed = 50;

/** Counts the devices of a fleet. Its size does not depend on the number of devices. */
export class Tally implements LinkObserver {
  readonly #states = new Map<FleetState, number>();
  readonly #failures = new Map<string, FailureCount>();
  readonly #listed: UnexpectedDevice[] = [];
  readonly #latencies = new Map<string, LatencyHistogram>();
  readonly #durations = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  readonly #timeline = new Timeline();
  readonly #begun = performance.now();
  readonly #startedAt = new Date();
  #started = 0;
  #ended = 0;
  #expected = 0;
  #retries = 0;
  #lost = { request: 0, answer: 0 };
  #mostInFlight = 0;

  constructor(
    private readonly expectation: FleetState,
    private readonly total: number | undefined,
  ) {}

  /** Milliseconds since the start. */
  get elapsed(): number {
    return performance.now() - this.#begun;
  }

  get progress(): FleetProgress {
    return {
      total: this.total,
      started: this.#started,
      ended: this.#ended,
      unexpected: this.#ended - this.#expected,
    };
  }

  /** @param late milliseconds after the time at which the device should have begun */
  started(late: number): void {
    this.#started++;
    this.#lateness.add(late);
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#started - this.#ended);
    this.#timeline.started(this.elapsed);
  }

  ended(device: FleetDevice, end: DeviceEnd, duration: number): void {
    this.#ended++;
    this.#durations.add(duration);
    const isExpected = this.#count(end, device.expect);
    this.#timeline.ended(this.elapsed, isExpected, duration);
    if (!isExpected && this.#listed.length < mostListed) this.#listed.push({ eid: device.eid, ...end });
  }

  /** Counts devices that never began. */
  notStarted(count: number): void {
    for (let index = 0; index < count; index++) this.#count({ state: 'notStarted' }, undefined);
  }

  answered(name: string, milliseconds: number): void {
    const histogram = this.#latencies.get(name) ?? new LatencyHistogram();
    this.#latencies.set(name, histogram);
    histogram.add(milliseconds);
  }

  lost(what: 'request' | 'answer'): void {
    this.#lost[what]++;
  }

  retried(): void {
    this.#retries++;
  }

  /** The result up to now. */
  result(stopped: boolean, clock: FleetResult['clock']): FleetResult {
    const states = Object.fromEntries(
      (Object.keys(fleetStates) as FleetState[]).map((state) => [state, this.#states.get(state) ?? 0]),
    ) as Record<FleetState, number>;
    const devices = Object.values(states).reduce((sum, count) => sum + count, 0);
    return {
      startedAt: this.#startedAt.toISOString(),
      seconds: Math.round(this.elapsed) / 1000,
      stopped,
      devices,
      states,
      expected: this.#expected,
      unexpected: devices - this.#expected,
      failures: [...this.#failures.values()].sort((one, other) => other.count - one.count),
      unexpectedDevices: this.#listed,
      retries: this.#retries,
      lostRequests: this.#lost.request,
      lostAnswers: this.#lost.answer,
      mostInFlight: this.#mostInFlight,
      lateness: this.#lateness.summary(),
      latencies: Object.fromEntries(
        [...this.#latencies].map(([name, histogram]) => [name, histogram.summary()]),
      ),
      durations: this.#durations.summary(),
      timeline: this.#timeline.summary(),
      clock,
    };
  }

  /** Counts the end of a device. @returns whether the end was expected */
  #count(end: DeviceEnd, expect: FleetState = this.expectation): boolean {
    const { state } = end;
    this.#states.set(state, (this.#states.get(state) ?? 0) + 1);
    if (state !== 'installed') this.#countFailure(end);
    if (state !== expect) return false;
    this.#expected++;
    return true;
  }

  #countFailure({ state, step, code, message }: DeviceEnd): void {
    const name = [state, step, code].join(' ');
    const known = this.#failures.get(name);
    if (!known && this.#failures.size >= mostFailures) return;
    const first = { state, step: step ?? null, code: code ?? null, message: message ?? fleetStates[state] };
    this.#failures.set(name, { ...(known ?? first), count: (known?.count ?? 0) + 1 });
  }
}
