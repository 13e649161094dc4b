import type { FleetProgress } from '../../device/index.js';
import { number } from '../output.js';
import type { Progress } from '../progress-view.js';

/** `1,200 of 10,000 devices, 35 under way, 3 did not end as expected, 180 a second` */
export function describeProgress(
  { total, started, ended, unexpected }: FleetProgress,
  seconds: number,
): Progress {
  const text = [
    `${number(ended)}${total === undefined ? '' : ` of ${number(total)}`} devices`,
    `${number(started - ended)} under way`,
    ...(unexpected > 0 ? [`${number(unexpected)} did not end as expected`] : []),
    `${number(Math.round(ended / seconds))} a second`,
  ].join(', ');
  return { text, done: ended, total };
}
