import { useSignal } from '@preact/signals';
import type { DeletedPool, ImportedPool } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { DropZone } from '../../parts/drop-zone.js';
import { Switch } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { linkTo } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

interface Shown extends ImportedPool {
  /** Whether the import made the pool. If not, the import cannot be undone as a whole. */
  readonly isNew: boolean;
}

/**
 * Imports a list of activation codes in the format of MDM systems. The server first checks the list without importing
 * it. The user can undo the import.
 */
export function CodeList() {
  const words = texts.value.preload;
  const file = useSignal<File | undefined>(undefined);
  const [replace, withdrawMissing] = [useSignal(false), useSignal(false)];
  const shown = useSignal<Shown | undefined>(undefined);
  const run = useAction(async (dryRun: boolean) => {
    const chosen = file.peek();
    if (!chosen) return;
    shown.value = undefined;
    const before = await call<{ items: { name: string }[] }>('/pools');
    const answer = await call<ImportedPool>('/pools', {
      method: 'POST',
      body: chosen,
      type: 'text/csv',
      query: {
        format: 'intune',
        dryRun,
        fileName: chosen.name,
        replace: replace.peek() || undefined,
        withdrawMissing: withdrawMissing.peek() || undefined,
      },
    });
    shown.value = { ...answer, isNew: !before.items.some(({ name }) => name === answer.name) };
  });
  const undo = useAction(async (name: string) => {
    const { removed, kept } = await call<DeletedPool>(`/pools/${encodeURIComponent(name)}`, {
      method: 'DELETE',
    });
    toast(words.poolRemoved(number(removed), number(kept)));
    shown.value = undefined;
  });
  const chosen = file.value;
  const answer = shown.value;
  return (
    <div class="preload">
      <section class="card stack">
        <DropZone
          label={words.dropCodes}
          accept=".csv,.txt"
          take={(one) => {
            file.value = one;
            run.run(true);
          }}
        >
          <span class="soft small">{words.codesHelp}</span>
          {chosen && <ForeignText text={chosen.name} />}
        </DropZone>
        <Switch
          label={words.replace}
          help={words.replaceHelp}
          isOn={replace.value}
          turn={(isOn) => (replace.value = isOn)}
        />
        <Switch
          label={words.withdraw}
          help={words.withdrawHelp}
          isOn={withdrawMissing.value}
          turn={(isOn) => (withdrawMissing.value = isOn)}
        />
        <div class="row">
          <button
            type="button"
            class="button main"
            disabled={!chosen || run.isBusy.value}
            onClick={() => run.run(false)}
          >
            {words.import}
          </button>
          <button
            type="button"
            class="button"
            disabled={!chosen || run.isBusy.value}
            onClick={() => run.run(true)}
          >
            {words.checkAgain}
          </button>
        </div>
      </section>
      <section class="card stack" aria-label={words.result}>
        {!chosen && <p class="empty">{words.nothingYet}</p>}
        {run.isBusy.value && <progress class="progress" aria-label={words.progress} />}
        {run.problem.value && <ProblemNote problem={run.problem.value} />}
        {undo.problem.value && <ProblemNote problem={undo.problem.value} />}
        {answer && (
          <>
            <div class="note good" role="status">
              <p>
                <strong>{answer.dryRun ? words.outcomes.checked : words.outcomes.imported}</strong>
              </p>
              <p class="number">
                {words.codesCounted(number(answer.codes), number(answer.created), number(answer.unchanged))}
              </p>
              {!answer.dryRun && (
                <p class="row">
                  <a class="button" href={linkTo(['profiles'], { pool: answer.name })}>
                    {words.showProfiles}
                  </a>
                  {answer.isNew && (
                    <button type="button" class="button danger" onClick={() => undo.run(answer.name)}>
                      {words.undo}
                    </button>
                  )}
                </p>
              )}
            </div>
            <dl class="facts">
              <dt>{words.pool}</dt>
              <dd>
                <ForeignText text={answer.name} />
              </dd>
              <dt>{words.smdpAddress}</dt>
              <dd>
                <ForeignText text={answer.smdpAddress} mono />
              </dd>
            </dl>
            {answer.remarks.length > 0 && (
              <ul>
                {answer.remarks.map((text) => (
                  <li key={text}>
                    <ForeignText text={text} />
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </section>
    </div>
  );
}
