import { LatencyHistogram } from './histogram.js';

/** One interval of a timeline. */
export interface TimelineBin {
  /** Devices that began. */
  readonly started: number;
  /** Devices that ended as expected. */
  readonly expected: number;
  /** Devices that did not end as expected. */
  readonly unexpected: number;
  /** Devices that run at the end of the interval. */
  readonly inFlight: number;
  /** Median duration of the devices that ended in the interval, in milliseconds. `null`: no device ended. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The course of a fleet over time. */
export interface TimelineSummary {
  /** Length of an interval in seconds. */
  readonly binSeconds: number;
  readonly bins: readonly TimelineBin[];
}

interface Bin {
  started: number;
  expected: number;
  unexpected: number;
  durations: LatencyHistogram;
}

/**
 * Maximum number of intervals. When there are more, adjacent intervals are merged, so that a long run needs no more
 * memory.
 */
const mostBins = 120;
const firstBinMs = 250;

/** Counts devices over time. */
export class Timeline {
  #bins: Bin[] = [];
  #binMs = firstBinMs;

  /** @param at milliseconds since the start */
  started(at: number): void {
    this.#binAt(at).started++;
  }

  ended(at: number, isExpected: boolean, duration: number): void {
    const bin = this.#binAt(at);
    if (isExpected) bin.expected++;
    else bin.unexpected++;
    bin.durations.add(duration);
  }

  summary(): TimelineSummary {
    let inFlight = 0;
    const bins = this.#bins.map(({ started, expected, unexpected, durations }) => {
      inFlight += started - expected - unexpected;
      const [p50, p95] = [0.5, 0.95].map((share) =>
        durations.count === 0 ? null : Math.round(durations.percentile(share)),
      ) as [number | null, number | null];
      return { started, expected, unexpected, inFlight, p50, p95 };
    });
    return { binSeconds: this.#binMs / 1000, bins };
  }

  #binAt(at: number): Bin {
    while (at >= this.#binMs * mostBins) this.#widen();
    const place = Math.max(0, Math.floor(at / this.#binMs));
    while (this.#bins.length <= place) this.#bins.push(emptyBin());
    return this.#bins[place]!;
  }

  #widen(): void {
    const joined: Bin[] = [];
    for (let place = 0; place < this.#bins.length; place += 2)
      joined.push(sum(this.#bins[place]!, this.#bins[place + 1]));
    this.#bins = joined;
    this.#binMs *= 2;
  }
}

const emptyBin = (): Bin => ({ started: 0, expected: 0, unexpected: 0, durations: new LatencyHistogram() });

function sum(one: Bin, other: Bin = emptyBin()): Bin {
  one.durations.merge(other.durations);
  return {
    started: one.started + other.started,
    expected: one.expected + other.expected,
    unexpected: one.unexpected + other.unexpected,
    durations: one.durations,
  };
}
