import { SingleBar } from 'cli-progress';
import { printStatus } from './output.js';

/** The progress of a long command. */
export interface Progress {
  readonly text: string;
  readonly done: number;
  /** Same unit as `done`. `undefined`: not known. */
  readonly total: number | undefined;
}

/** Shows the progress of a long command on standard error. */
export interface ProgressView<Step> {
  update(step: Step): void;
  /** Removes the progress bar, so that other lines can be printed. */
  clear(): void;
}

/** Milliseconds between two lines if standard error is not a terminal. */
const interval = 5000;

/**
 * Shows a bar on a terminal. Elsewhere, prints a line every five seconds.
 *
 * @param describe describes a step; `seconds` is the time since the start, and never 0
 */
export function progressView<Step>(
  describe: (step: Step, seconds: number) => Progress,
  {
    isTerminal = process.stderr.isTTY,
    elapsed = () => performance.now(),
    say = (line: string): void => printStatus(line),
  } = {},
): ProgressView<Step> {
  const start = elapsed();
  const described = (step: Step): Progress => describe(step, Math.max(elapsed() - start, 1) / 1000);
  return isTerminal ? bar(described) : lines(described, elapsed, say);
}

function bar<Step>(described: (step: Step) => Progress): ProgressView<Step> {
  let shown: SingleBar | undefined;
  return {
    update(step) {
      const { text, done, total } = described(step);
      if (shown) return shown.update(done, { text });
      shown = newBar(total !== undefined);
      shown.start(total ?? 0, done, { text });
    },
    clear() {
      shown?.stop();
      shown = undefined;
    },
  };
}

const newBar = (hasTotal: boolean): SingleBar =>
  new SingleBar({
    format: hasTotal ? '  {bar} {percentage}%  {text}' : '  {text}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });

function lines<Step>(
  described: (step: Step) => Progress,
  elapsed: () => number,
  say: (line: string) => void,
): ProgressView<Step> {
  let last = elapsed();
  return {
    update(step) {
      const now = elapsed();
      if (now - last < interval) return;
      last = now;
      say(`  ${described(step).text}`);
    },
    clear: () => undefined,
  };
}
