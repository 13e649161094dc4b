import { useSignal } from '@preact/signals';
import type { NamespaceView, SnapshotView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { epoch } from '../../api/events.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { Dialog } from '../../parts/dialog.js';
import { Field, Switch } from '../../parts/field.js';
import { ForeignText, visible } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { linkTo, namespace, setQuery } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

/** Snapshots, reset, namespaces. */
export const StateTab = () => (
  <div class="state-tab">
    <Reset />
    <Snapshots />
    <Namespaces />
  </div>
);

const keepable = ['clock', 'faults', 'journal', 'profileTypes', 'operators'] as const;

function Reset() {
  const words = texts.value.breakIt.state;
  const keep = useSignal<readonly (typeof keepable)[number][]>([]);
  const asks = useSignal(false);
  const reset = useAction(async () => {
    await call('/reset', { method: 'POST', body: { keep: keep.peek() } });
    toast(words.wasReset);
    epoch.value++;
  });
  return (
    <section class="card stack">
      <h2>{words.reset}</h2>
      <p class="soft">
        {namespace.value === '' ? words.resetText : words.resetNamespace(visible(namespace.value))}
      </p>
      {keepable.map((name) => (
        <Switch
          key={name}
          label={words.keep[name]}
          isOn={keep.value.includes(name)}
          turn={(isOn) =>
            (keep.value = isOn ? [...keep.value, name] : keep.value.filter((other) => other !== name))
          }
        />
      ))}
      {reset.problem.value && <ProblemNote problem={reset.problem.value} />}
      <div class="row">
        <button
          type="button"
          class="button danger"
          disabled={reset.isBusy.value}
          onClick={() => (asks.value = true)}
        >
          {words.reset}
        </button>
      </div>
      {asks.value && (
        <Dialog title={words.resetTitle} onClose={() => (asks.value = false)}>
          <p>{words.resetSure}</p>
          <footer>
            <button
              type="button"
              class="button danger"
              onClick={() => {
                asks.value = false;
                reset.run();
              }}
            >
              {words.reset}
            </button>
          </footer>
        </Dialog>
      )}
    </section>
  );
}

function Snapshots() {
  const words = texts.value.breakIt.state;
  const name = useSignal('');
  const { data, problem, reload } = useLive(
    'snapshots',
    (signal) => call<{ items: SnapshotView[] }>('/snapshots', { signal, wholeServer: true }),
    { pollEvery: 10_000 },
  );
  const act = useAction(async (method: 'POST' | 'DELETE', path: string, done: string, body?: object) => {
    await call(`/snapshots${path}`, { method, ...(body && { body }), wholeServer: true });
    toast(done);
    reload();
    if (path.endsWith('/restore')) epoch.value++;
  });
  const items = data.value?.items ?? [];
  return (
    <section class="card stack">
      <h2>{words.snapshots}</h2>
      <p class="soft">{words.snapshotsText}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          act.run('POST', '', words.saved, { name: name.peek().trim() });
        }}
      >
        <Field label={words.snapshotName} help={words.snapshotHelp}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              value={name.value}
              onInput={(event) => (name.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="row">
          <button type="submit" class="button main" disabled={act.isBusy.value}>
            {words.save}
          </button>
        </div>
      </form>
      {(problem.value ?? act.problem.value) && (
        <ProblemNote problem={(problem.value ?? act.problem.value)!} />
      )}
      <ul class="items">
        {items.map((snapshot) => (
          <li key={snapshot.name} class="spread">
            <span>
              <ForeignText text={snapshot.name} />{' '}
              <span class="soft small">
                <Time at={snapshot.takenAt} isFull />
              </span>
            </span>
            <span class="row">
              <button
                type="button"
                class="button"
                onClick={() =>
                  act.run('POST', `/${encodeURIComponent(snapshot.name)}/restore`, words.restored, {})
                }
              >
                {words.restore}
              </button>
              <button
                type="button"
                class="button danger"
                onClick={() => act.run('DELETE', `/${encodeURIComponent(snapshot.name)}`, words.deleted)}
              >
                {texts.value.common.remove}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Namespaces() {
  const words = texts.value.breakIt.state;
  const { data, problem } = useLive(
    'namespaces',
    (signal) => call<{ items: NamespaceView[] }>('/namespaces', { signal, wholeServer: true }),
    { pollEvery: 5_000 },
  );
  const items = data.value?.items ?? [];
  return (
    <section class="card stack">
      <h2>{words.namespaces}</h2>
      <p class="soft">{words.namespacesText}</p>
      {problem.value && <ProblemNote problem={problem.value} />}
      {namespace.value !== '' && (
        <p class="row">
          {words.inView} <strong>{visible(namespace.value)}</strong>
          <button type="button" class="button" onClick={() => setQuery({ namespace: undefined })}>
            {texts.value.shell.wholeServer}
          </button>
        </p>
      )}
      {items.length === 0 && <p class="empty">{words.noNamespaces}</p>}
      <ul class="items">
        {items.map(({ name, profiles, exchanges, faults }) => (
          <li key={name} class="spread">
            <a href={linkTo(['break'], { namespace: name, tab: 'state' })}>
              <ForeignText text={name} />
            </a>
            <span class="soft small number">
              {words.holds(number(profiles), number(exchanges), number(faults))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
