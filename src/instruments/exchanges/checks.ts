import { Refusal } from '../../wire/rsp/index.js';

/** A check that SGP.22 requires. */
export interface Check {
  /** The clause that requires the check: `5.6.3 (2)`. */
  readonly clause: string;
  readonly what: string;
}

/** The checks of one request: which checks it passed, and which check raised each error. */
export class Checks {
  readonly passed: Check[] = [];
  readonly #failures = new WeakMap<Error, Check>();

  /**
   * Runs a check of the specification. The check passes when `fn` returns or resolves. The check fails when `fn`
   * throws, or when `fn` returns a decision with a `refusal`. The changes in such a decision are committed before the
   * refusal is raised.
   *
   * @param clause clause and step in SGP.22: `5.6.3 (2)`
   * @param what the statement that the check confirms, for example `CERT.EUM and CERT.EUICC are valid`
   * @returns the result of `fn`, as a promise if `fn` returns a promise
   */
  run<T>(clause: string, what: string, fn: () => T): T {
    const check = { clause, what };
    try {
      const result = fn();
      if (result instanceof Promise) return this.#checkedLater(check, result) as T;
      return this.#checked(check, result);
    } catch (error) {
      this.#failed(check, error);
      throw error;
    }
  }

  async #checkedLater<T>(check: Check, promise: Promise<T>): Promise<T> {
    try {
      return this.#checked(check, await promise);
    } catch (error) {
      this.#failed(check, error);
      throw error;
    }
  }

  #checked<T>(check: Check, result: T): T {
    const refusal = refusalIn(result);
    if (refusal) this.#failed(check, refusal);
    else this.passed.push(check);
    return result;
  }

  /** When checks are nested, only the innermost check is recorded as failed. */
  #failed(check: Check, error: unknown): void {
    if (error instanceof Error && !this.#failures.has(error)) this.#failures.set(error, check);
  }

  /** Takes over the checks that another process recorded. */
  restore(
    { checks, failedCheck }: { readonly checks: readonly Check[]; readonly failedCheck: Check | undefined },
    refusal: Refusal | undefined,
  ): void {
    this.passed.push(...checks);
    if (refusal && failedCheck) this.#failures.set(refusal, failedCheck);
  }

  /** The check that raised the error. `undefined`: no check raised the error. */
  raising(error: Error): Check | undefined {
    return this.#failures.get(error);
  }
}

/** The refusal in a decision whose changes are committed before the refusal is raised. */
const refusalIn = (result: unknown): Refusal | undefined =>
  typeof result === 'object' && result !== null && 'refusal' in result && result.refusal instanceof Refusal
    ? result.refusal
    : undefined;
