/** The methods of a log's stream that are used here. */
export interface Output {
  readonly writableLength: number;
  write(text: string, written: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Maximum number of octets that wait for a reader that has stopped reading. */
const mostWaiting = 1024 * 1024;

/**
 * Writes lines to a stream that may fail at any time: the disk may be full, or the reader of the pipe may have gone.
 * Counts the lines that are lost, and reports the number when the stream accepts lines again. A failing log never stops
 * the server.
 */
export class LossyOutput {
  #lost = 0;
  #reason = '';

  /** @param tell turns a message about lost lines into a line of the log */
  constructor(
    private readonly output: Output,
    private readonly tell: (loss: string) => string,
  ) {}

  write(line: string): void {
    guard(this.output);
    if (this.output.writableLength > mostWaiting)
      return this.#lose('the reader of the pipe has stopped reading');
    try {
      this.output.write(line, (error) => (error ? this.#lose(error.message) : this.#reportLoss()));
    } catch (error) {
      this.#lose((error as Error).message);
    }
  }

  #lose(reason: string): void {
    this.#lost++;
    this.#reason = reason;
  }

  #reportLoss(): void {
    if (this.#lost === 0) return;
    const lines = this.#lost === 1 ? '1 line' : `${this.#lost} lines`;
    this.#lost = 0;
    this.write(this.tell(`${lines} of the log were lost: ${this.#reason}`));
  }
}

const guarded = new WeakSet<Output>();

/**
 * Adds an error listener, because an error event without a listener would end the process. One listener is enough for
 * all logs that use a stream.
 */
function guard(output: Output): void {
  if (guarded.has(output)) return;
  guarded.add(output);
  output.on('error', () => undefined);
}
