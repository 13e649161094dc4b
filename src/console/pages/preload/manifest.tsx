import { batch, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ProfileList } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { DropZone } from '../../parts/drop-zone.js';
import { Field, Switch } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { linkTo } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { RejectedRows, UnderstoodColumns } from './understood.js';
import { importManifest, type Counts, type RejectedRow, type Result, type Understood } from './upload.js';

/** Maximum number of rejected rows to show. */
const mostRejected = 1_000;

interface Imported {
  readonly result: Result;
  readonly isCheck: boolean;
  /** The pool that the import made. Absent if the pool existed before; the import then cannot be undone as a whole. */
  readonly newPool?: string | undefined;
}

/**
 * Imports an EID manifest. Before the import, the server checks the file, and the page shows how the server understands
 * it. The user can undo the import.
 */
export function Manifest() {
  const words = texts.value.preload;
  const file = useSignal<File | undefined>(undefined);
  const [pool, label] = [useSignal(''), useSignal('')];
  const skipBadRows = useSignal(false);
  const understood = useSignal<Understood | undefined>(undefined);
  const rejected = useSignal<readonly RejectedRow[]>([]);
  const progress = useSignal<(Counts & { octets: number }) | undefined>(undefined);
  const done = useSignal<Imported | undefined>(undefined);
  const stop = useRef<AbortController | undefined>(undefined);

  const run = useAction(async (dryRun: boolean) => {
    const chosen = file.peek();
    if (!chosen) return;
    batch(() => {
      understood.value = undefined;
      rejected.value = [];
      progress.value = undefined;
      done.value = undefined;
    });
    stop.current = new AbortController();
    const name = pool.peek().trim();
    const isNew = !dryRun && name !== '' && (await isEmptyPool(name));
    const options = { dryRun, skipBadRows: skipBadRows.peek(), pool: name, label: label.peek() };
    const found: RejectedRow[] = [];
    try {
      for await (const event of importManifest(chosen, options, stop.current.signal)) {
        if (event.kind === 'understood') understood.value = event;
        if (event.kind === 'progress') progress.value = event;
        if (event.kind === 'rejected' && found.length < mostRejected) found.push(event);
        if (event.kind === 'done')
          done.value = { result: event, isCheck: dryRun, newPool: isNew ? name : undefined };
      }
    } catch (error) {
      if (!stop.current.signal.aborted) throw error;
    } finally {
      rejected.value = found;
    }
  });
  const undo = useAction(async (name: string) => {
    const { removed } = await call<{ removed: number }>('/profiles', {
      method: 'DELETE',
      query: { pool: name },
    });
    toast(words.undone(number(removed)));
    done.value = undefined;
  });
  const take = (chosen: File): void => {
    file.value = chosen;
    if (pool.peek() === '') pool.value = poolNameFor(chosen.name);
    run.run(true);
  };

  const chosen = file.value;
  const counts = progress.value;
  return (
    <div class="preload">
      <section class="card stack">
        <DropZone label={words.dropManifest} accept=".csv,.txt,.ndjson,.jsonl,.json" take={take}>
          <span class="soft small">{words.manifestHelp}</span>
          {chosen && <ForeignText text={chosen.name} />}
        </DropZone>
        <Field label={words.pool} help={words.poolHelp}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              value={pool.value}
              onInput={(event) => (pool.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={words.label} help={words.labelHelp}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              value={label.value}
              onInput={(event) => (label.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <Switch
          label={words.skipBadRows}
          help={words.skipBadRowsHelp}
          isOn={skipBadRows.value}
          turn={(isOn) => (skipBadRows.value = isOn)}
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
          {run.isBusy.value && (
            <button type="button" class="button" onClick={() => stop.current?.abort()}>
              {words.stop}
            </button>
          )}
        </div>
      </section>
      <section class="card stack" aria-label={words.result}>
        {!chosen && <p class="empty">{words.nothingYet}</p>}
        {run.problem.value && <ProblemNote problem={run.problem.value} />}
        {undo.problem.value && <ProblemNote problem={undo.problem.value} />}
        {chosen && run.isBusy.value && (
          <div>
            <progress
              class="progress"
              aria-label={words.progress}
              max={chosen.size || 1}
              value={counts?.octets ?? 0}
            />
            <p class="small soft number">
              {words.soFar(number(counts?.rows ?? 0), number(counts?.rejected ?? 0))}
            </p>
          </div>
        )}
        {done.value && <Outcome imported={done.value} undo={undo.run} />}
        {understood.value && <UnderstoodColumns understood={understood.value} />}
        {rejected.value.length > 0 && (
          <RejectedRows rows={rejected.value} total={done.value?.result.rejected ?? rejected.value.length} />
        )}
      </section>
    </div>
  );
}

/** Makes the name of a pool from the name of a file: `north-2026` for `north 2026.csv`. */
const poolNameFor = (fileName: string): string =>
  fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(0, 60);

async function isEmptyPool(name: string): Promise<boolean> {
  const { items } = await call<ProfileList>('/profiles', { query: { pool: name, limit: 1 } });
  return items.length === 0;
}

function Outcome({ imported, undo }: { readonly imported: Imported; readonly undo: (pool: string) => void }) {
  const words = texts.value.preload;
  const { result, isCheck, newPool } = imported;
  const { outcome, rows, added, unchanged, rejected, warnings } = result;
  return (
    <div class={`note ${outcome === 'refused' ? 'bad' : rejected > 0 ? 'careful' : 'good'}`} role="status">
      <p>
        <strong>{words.outcomes[outcome]}</strong>
      </p>
      <p class="number">{words.counted(number(rows), number(added), number(unchanged), number(rejected))}</p>
      {warnings.length > 0 && (
        <ul>
          {warnings.map(({ field, message, rows: count }) => (
            <li key={field + message}>
              <ForeignText text={`${field}: ${message}`} /> ({words.inRows(number(count))})
            </li>
          ))}
        </ul>
      )}
      {!isCheck && added > 0 && (
        <p class="row">
          {newPool !== undefined && (
            <>
              <a class="button" href={linkTo(['profiles'], { pool: newPool })}>
                {words.showProfiles}
              </a>
              <button type="button" class="button danger" onClick={() => undo(newPool)}>
                {words.undo}
              </button>
            </>
          )}
          {newPool === undefined && <span class="small">{words.noUndo}</span>}
        </p>
      )}
    </div>
  );
}
