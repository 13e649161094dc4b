import { useSignal, type Signal } from '@preact/signals';
import { asProblem, type CallProblem } from './problem.js';

/** An action of the user. A running action cannot be started again. */
export interface Action<Given extends readonly unknown[]> {
  readonly run: (...given: Given) => void;
  readonly isBusy: Signal<boolean>;
  /** Why the last attempt failed. */
  readonly problem: Signal<CallProblem | undefined>;
}

/** Runs an action on demand. If it fails, keeps the problem for the page to show. */
export function useAction<Given extends readonly unknown[]>(
  work: (...given: Given) => Promise<void>,
): Action<Given> {
  const isBusy = useSignal(false);
  const problem = useSignal<CallProblem | undefined>(undefined);
  const run = async (...given: Given): Promise<void> => {
    if (isBusy.peek()) return;
    isBusy.value = true;
    problem.value = undefined;
    try {
      await work(...given);
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, problem, run: (...given) => void run(...given) };
}
