import type { FaultRule, FaultView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { problemText } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { namespace } from '../../router/router.js';

/** Loads the active fault rules with their counters, and changes them. */
export function useRules() {
  const { data, problem, reload } = useLive(
    `faults ${namespace.value}`,
    (signal) => call<{ items: FaultView[] }>('/faults', { signal }),
    { concerns: () => true, pollEvery: 3_000 },
  );
  const add = useAction(async (rule: FaultRule) => {
    try {
      await call('/faults', { method: 'POST', body: rule });
    } catch (error) {
      toast(problemText(asProblem(error)), 'bad');
    }
    // Reloads even if the server refused the change, so that the switch shows the actual state.
    reload();
  });
  const remove = useAction(async (query: { name?: string; id?: string }) => {
    const { id, name } = query;
    if (id === undefined) await call('/faults', { method: 'DELETE', query: { name } });
    else await call(`/faults/${encodeURIComponent(id)}`, { method: 'DELETE' });
    reload();
  });
  return {
    rules: data.value?.items ?? [],
    problem: problem.value ?? remove.problem.value,
    add,
    remove,
  };
}
