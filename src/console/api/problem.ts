import type { ProblemDetails } from '../../api/index.js';

/** The server refused a call, or could not be reached. */
export class CallProblem extends Error {
  override readonly name = 'CallProblem';

  constructor(
    /** HTTP status; 0: no answer came. */
    readonly status: number,
    message: string,
    readonly errors: ProblemDetails['errors'] = [],
  ) {
    super(message);
  }

  static async of(answer: Response): Promise<CallProblem> {
    const details = (await answer.json().catch(() => undefined)) as Partial<ProblemDetails> | undefined;
    const message = details?.detail ?? `HTTP ${answer.status} ${answer.statusText}`.trim();
    return new CallProblem(answer.status, message, details?.errors ?? []);
  }
}

export const asProblem = (error: unknown): CallProblem =>
  error instanceof CallProblem
    ? error
    : new CallProblem(0, error instanceof Error ? error.message : String(error));
