import { SingleBar } from 'cli-progress';
import { printStatus } from '../output.js';

/** Shows the progress of an import. */
export interface ProgressView {
  /** @param octets read from the file so far */
  update(rows: number, octets: number): void;
  /** Removes the progress bar, so that other lines can be printed. */
  clear(): void;
}

/** Milliseconds between two lines if there is no terminal. */
const interval = 5000;

/**
 * Shows a bar on a terminal, and otherwise a line every few seconds. @param size size of the file in octets, if known
 */
export function progressView(
  size: number | undefined,
  { isTerminal = process.stderr.isTTY, elapsed = () => performance.now() } = {},
): ProgressView {
  const start = elapsed();
  return isTerminal ? bar(size, start, elapsed) : lines(size, start, elapsed);
}

function bar(size: number | undefined, start: number, elapsed: () => number): ProgressView {
  const known = size === undefined ? '' : '{bar} {percentage}%  ';
  const shown = new SingleBar({
    format: `  ${known}{text}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let isShown = false;
  return {
    update(rows, octets) {
      const text = facts(rows, octets, size, elapsed() - start);
      if (isShown) shown.update(octets, { text });
      else shown.start(size ?? 0, octets, { text });
      isShown = true;
    },
    clear() {
      if (isShown) shown.stop();
      isShown = false;
    },
  };
}

function lines(size: number | undefined, start: number, elapsed: () => number): ProgressView {
  let last = start;
  return {
    update(rows, octets) {
      const now = elapsed();
      if (now - last < interval) return;
      last = now;
      printStatus(`  ${facts(rows, octets, size, now - start)}`);
    },
    clear: () => undefined,
  };
}

/** `250,000 rows, 81,000 a second, 8 s left` */
export function facts(rows: number, octets: number, size: number | undefined, milliseconds: number): string {
  const seconds = Math.max(milliseconds, 1) / 1000;
  const rate = Math.round(rows / seconds);
  const left = size === undefined || octets === 0 ? undefined : ((size - octets) / octets) * seconds;
  return [
    `${number(rows)} rows`,
    `${number(rate)} a second`,
    ...(left === undefined ? [] : [`${duration(left)} left`]),
  ].join(', ');
}

export const number = (value: number): string => value.toLocaleString('en');

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
