import type { FaultRule, FaultView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { problemText } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { useLive } from '../../api/use-live.js';
import { namespace } from '../../router/router.js';

/** Loads the active fault rules with their counters, and changes them. */
export function useRules() {
  const { data, problem, reloaded } = useLive(
    `faults ${namespace.value}`,
    (signal) => call<{ items: FaultView[] }>('/faults', { signal }),
    { concerns: () => true, pollEvery: 3_000 },
  );
  /** Makes a change, tells the user if it fails, and reloads in any case. */
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      toast(problemText(asProblem(error)), 'bad');
    }
    await reloaded();
  };
  return {
    rules: data.value?.items ?? [],
    problem: problem.value,
    add: (rule: FaultRule) => change(() => call('/faults', { method: 'POST', body: rule })),
    removeNamed: (name: string) => change(() => call('/faults', { method: 'DELETE', query: { name } })),
    remove: (id: string) => change(() => call(`/faults/${encodeURIComponent(id)}`, { method: 'DELETE' })),
    removeAll: () => change(() => call('/faults', { method: 'DELETE' })),
  };
}
