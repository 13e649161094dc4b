/** Seconds that one point of a series covers. */
export const step = 5;

/** Number of points that a series keeps. They cover an hour. */
const kept = 3600 / step;

/** A countable event: a profile was installed, an order failed, or a request was refused with this result. */
export type Counted = 'installed' | 'failed' | { readonly refused: string };

interface Point {
  /** Number of the step, counted from 1970. */
  at: number;
  installed: number;
  failed: number;
  refused: Map<string, number>;
}

/** Counts in a period, in steps. */
export interface Summary {
  /** Start of the first step, in milliseconds since 1970. */
  readonly from: number;
  readonly installed: readonly number[];
  readonly failed: readonly number[];
  /** Number of refusals by result, most frequent first. */
  readonly refusals: readonly { readonly result: string; readonly count: number }[];
}

/** Counts of the last hour, in steps of {@link step} seconds. */
export class Series {
  readonly #points: Point[] = [];
  readonly #begun: number;

  /** @param now milliseconds since 1970 */
  constructor(now: number) {
    this.#begun = now;
  }

  add(now: number, event: Counted): void {
    const point = this.#pointAt(numberOf(now));
    if (typeof event === 'string') point[event]++;
    else point.refused.set(event.refused, (point.refused.get(event.refused) ?? 0) + 1);
  }

  /** The counts of the last `minutes`, at most 60. Steps before the series began are left out. */
  summary(now: number, minutes: number): Summary {
    const last = numberOf(now);
    const first = Math.max(last - Math.min(minutes * (60 / step), kept) + 1, numberOf(this.#begun));
    const length = Math.max(last - first + 1, 0);
    const [installed, failed] = [new Array<number>(length).fill(0), new Array<number>(length).fill(0)];
    const refused = new Map<string, number>();
    for (const point of this.#points) {
      const index = point.at - first;
      if (index < 0 || index >= length) continue;
      installed[index] = point.installed;
      failed[index] = point.failed;
      for (const [result, count] of point.refused) refused.set(result, (refused.get(result) ?? 0) + count);
    }
    const refusals = [...refused].map(([result, count]) => ({ result, count }));
    refusals.sort((one, other) => other.count - one.count || one.result.localeCompare(other.result));
    return { from: first * step * 1000, installed, failed, refusals };
  }

  #pointAt(at: number): Point {
    const last = this.#points.at(-1);
    if (last && last.at >= at) return last;
    const point: Point = { at, installed: 0, failed: 0, refused: new Map<string, number>() };
    this.#points.push(point);
    if (this.#points.length > kept) this.#points.shift();
    return point;
  }
}

const numberOf = (milliseconds: number): number => Math.floor(milliseconds / 1000 / step);
