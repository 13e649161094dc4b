import { number } from '../output.js';
import type { Progress } from '../progress-view.js';

/** The part of a manifest that has been read. */
export interface ReadSoFar {
  readonly rows: number;
  readonly octets: number;
}

/**
 * `250,000 rows, 81,000 a second, 8 s left`
 *
 * @param size size of the file in octets, if known
 */
export const describeProgress =
  (size: number | undefined) =>
  ({ rows, octets }: ReadSoFar, seconds: number): Progress => {
    const rate = Math.round(rows / seconds);
    const left = size === undefined || octets === 0 ? undefined : ((size - octets) / octets) * seconds;
    const text = [
      `${number(rows)} rows`,
      `${number(rate)} a second`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
    ].join(', ');
    return { text, done: octets, total: size };
  };

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
