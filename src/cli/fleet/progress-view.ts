import { SingleBar } from 'cli-progress';
import type { FleetProgress } from '../../device/index.js';
import { printStatus } from '../output.js';

/** Shows the progress of a fleet. */
export interface FleetView {
  update(progress: FleetProgress): void;
  /** Removes the progress bar, so that other lines can be printed. */
  clear(): void;
}

/** Milliseconds between two lines if there is no terminal. */
const interval = 5000;

/** Shows a bar on a terminal, and otherwise a line every few seconds. */
export function fleetView({
  isTerminal = process.stderr.isTTY,
  elapsed = () => performance.now(),
  say = printStatus,
} = {}): FleetView {
  const start = elapsed();
  const seconds = (): number => Math.max(elapsed() - start, 1) / 1000;
  return isTerminal ? bar(seconds) : lines(seconds, say);
}

function bar(seconds: () => number): FleetView {
  const shown = new SingleBar({
    format: '  {bar} {percentage}%  {text}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let isShown = false;
  return {
    update(progress) {
      const text = progressText(progress, seconds());
      if (isShown) shown.update(progress.ended, { text });
      else shown.start(progress.total ?? 0, progress.ended, { text });
      isShown = true;
    },
    clear() {
      if (isShown) shown.stop();
      isShown = false;
    },
  };
}

function lines(seconds: () => number, say: (line: string) => void): FleetView {
  let last = 0;
  return {
    update(progress) {
      const now = seconds();
      if ((now - last) * 1000 < interval) return;
      last = now;
      say(`  ${progressText(progress, now)}`);
    },
    clear: () => undefined,
  };
}

/** `1,200 of 10,000 devices, 35 under way, 3 did not end as expected, 180 a second` */
export function progressText({ total, started, ended, unexpected }: FleetProgress, seconds: number): string {
  const number = (value: number): string => value.toLocaleString('en');
  return [
    `${number(ended)}${total === undefined ? '' : ` of ${number(total)}`} devices`,
    `${number(started - ended)} under way`,
    ...(unexpected > 0 ? [`${number(unexpected)} did not end as expected`] : []),
    `${number(Math.round(ended / seconds))} a second`,
  ].join(', ');
}
