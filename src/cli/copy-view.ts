import { SingleBar } from 'cli-progress';
import type { CopyStep } from '../store/index.js';
import { number } from './manifest/progress-view.js';
import { printStatus } from './output.js';

/** Shows the progress of a copy. */
export interface CopyView {
  update(step: CopyStep): void;
  /** Removes the progress bar, so that other lines can be printed. */
  clear(): void;
}

/** Milliseconds between two lines of progress if there is no terminal. */
const interval = 5000;

/** On a terminal, shows a progress bar. Elsewhere, prints a line every five seconds. */
export function copyView({
  isTerminal = process.stderr.isTTY,
  elapsed = () => performance.now(),
  say = (line: string): void => printStatus(line),
} = {}): CopyView {
  return isTerminal ? bar() : lines(elapsed, say);
}

function bar(): CopyView {
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
    update(step) {
      const text = textOf(step);
      if (isShown) shown.update(step.done, { text });
      else shown.start(step.total, step.done, { text });
      isShown = true;
    },
    clear() {
      if (isShown) shown.stop();
      isShown = false;
    },
  };
}

function lines(elapsed: () => number, say: (line: string) => void): CopyView {
  let last = elapsed();
  return {
    update(step) {
      if (elapsed() - last < interval) return;
      last = elapsed();
      say(`  ${Math.floor((100 * step.done) / step.total)} %, ${textOf(step)}`);
    },
    clear: () => undefined,
  };
}

/** Each row counts twice, because it is copied and then verified. */
const textOf = ({ doing, table, done, total }: CopyStep): string =>
  `${doing} ${table}, ${number(done)} of ${number(total)} steps`;
