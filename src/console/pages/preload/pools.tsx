import { useSignal } from '@preact/signals';
import type { DeletedPool, GeneratedPool, PoolView } from '../../../api/index.js';
import { apiUrl, call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { Icon } from '../../parts/icon.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { namespace } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { PoolBar } from '../../parts/pool-bar.js';

/** All pools with their progress and files, and a form for a new pool. */
export function Pools() {
  const words = texts.value.preload;
  const { data, problem, reload } = useLive(
    `pools ${namespace.value}`,
    (signal) => call<{ items: PoolView[] }>('/pools', { signal }),
    { pollEvery: 15_000 },
  );
  const doomed = useSignal<PoolView | undefined>(undefined);
  const remove = useAction(async (name: string) => {
    const { removed, kept } = await call<DeletedPool>(`/pools/${encodeURIComponent(name)}`, {
      method: 'DELETE',
    });
    toast(words.poolRemoved(number(removed), number(kept)));
    reload();
  });
  const items = data.value?.items;
  return (
    <div class="preload">
      <NewPool reload={reload} />
      <section class="stack" aria-label={words.tabs.pools}>
        {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
        {remove.problem.value && <ProblemNote problem={remove.problem.value} />}
        {items?.length === 0 && <p class="card empty">{texts.value.parts.noRows}</p>}
        {items?.map((pool) => (
          <article key={pool.name} class="card stack">
            <PoolBar name={pool.name} />
            <div class="row">
              <a class="button" href={poolFile(pool.name, 'sheet.html')} target="_blank" rel="noopener">
                <Icon name="print" />
                {words.sheet}
              </a>
              <a class="button" href={poolFile(pool.name, 'activation-codes.csv')} download>
                {words.csv}
              </a>
              <button type="button" class="button danger" onClick={() => (doomed.value = pool)}>
                {texts.value.common.remove}
              </button>
            </div>
          </article>
        ))}
      </section>
      {doomed.value && (
        <Dialog title={words.removePool} onClose={() => (doomed.value = undefined)}>
          <p>
            <ForeignText text={doomed.value.name} />: {words.removePoolText}
          </p>
          <footer>
            <button
              type="button"
              class="button danger"
              onClick={() => {
                if (doomed.value) remove.run(doomed.value.name);
                doomed.value = undefined;
              }}
            >
              {texts.value.common.remove}
            </button>
          </footer>
        </Dialog>
      )}
    </div>
  );
}

const poolFile = (name: string, file: string): string => apiUrl(`/pools/${encodeURIComponent(name)}/${file}`);

function NewPool({ reload }: { readonly reload: () => void }) {
  const words = texts.value.preload;
  const [name, count] = [useSignal(''), useSignal('100')];
  const make = useAction(async () => {
    const made = await call<GeneratedPool>('/pools', {
      method: 'POST',
      body: { name: name.peek().trim(), count: Number(count.peek()) },
    });
    toast(words.poolMade(number(made.created)));
    name.value = '';
    reload();
  });
  const wrong = (field: string) => make.problem.value?.errors.find((one) => one.field === field)?.message;
  return (
    <form
      class="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        make.run();
      }}
    >
      <h2>{words.newPool}</h2>
      <Field label={words.poolName} wrong={wrong('name')}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            value={name.value}
            onInput={(event) => (name.value = event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={words.poolCount} help={words.poolCountHelp} wrong={wrong('count')}>
        {(ids) => (
          <input
            {...ids}
            class="input"
            type="number"
            min="1"
            max="10000"
            value={count.value}
            onInput={(event) => (count.value = event.currentTarget.value)}
          />
        )}
      </Field>
      {make.problem.value && <ProblemNote problem={make.problem.value} />}
      <div class="row">
        <button type="submit" class="button main" disabled={make.isBusy.value}>
          {words.makePool}
        </button>
      </div>
    </form>
  );
}
