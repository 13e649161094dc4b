import { useSignal } from '@preact/signals';
import type { CallbackList, ExchangeDetails, SessionDetails, SessionList } from '../../../api/index.js';
import { call, send } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { go, linkTo, namespace } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Story } from './story.js';

/** Maximum number of operator messages beside a session, and maximum number of sessions to compare with. */
const mostShown = 50;

/** One session, live: who said what to whom, and every message in full. */
export function SessionPage({ transactionId }: { readonly transactionId: string }) {
  const words = texts.value.sessions;
  const withSecrets = useSignal(false);
  const { data, problem, reload } = useLive(
    `session ${namespace.value} ${transactionId} ${withSecrets.value}`,
    (signal) => load(transactionId, withSecrets.value, signal),
    {
      concerns: (event) =>
        event.kind === 'exchange'
          ? event.exchange.session === transactionId || event.exchange.interface !== 'ES9+'
          : event.kind === 'profile',
    },
  );
  const download = useAction(() => save(transactionId, withSecrets.value));
  const shown = data.value;
  return (
    <>
      <PageTitle title={words.session} name={`${words.session} ${transactionId}`}>
        <label class="switch">
          <input
            type="checkbox"
            checked={withSecrets.value}
            onChange={({ currentTarget }) => (withSecrets.value = currentTarget.checked)}
          />
          {words.secrets}
        </label>
        <CompareWith transactionId={transactionId} />
        <button type="button" class="button" disabled={download.isBusy.value} onClick={() => download.run()}>
          {words.download}
        </button>
      </PageTitle>
      {(problem.value ?? download.problem.value) && (
        <ProblemNote problem={(problem.value ?? download.problem.value)!} retry={reload} />
      )}
      {problem.value?.status === 404 && <p class="soft">{words.forgotten}</p>}
      {shown && <Story session={shown.session} beside={shown.beside} messages={shown.messages} />}
    </>
  );
}

interface Loaded {
  readonly session: SessionDetails;
  readonly beside: readonly ExchangeDetails[];
  readonly messages: CallbackList['items'];
}

/** A session, and what operators and SM-DSs said about its profile. */
async function load(transactionId: string, secrets: boolean, signal: AbortSignal): Promise<Loaded> {
  const { beside = [], ...session } = await call<SessionDetails>(
    `/sessions/${encodeURIComponent(transactionId)}`,
    { signal, query: { secrets, beside: true } },
  );
  const { iccid } = session;
  if (iccid === undefined) return { session, beside, messages: [] };
  const { items } = await call<CallbackList>('/callbacks', { signal, query: { iccid, limit: mostShown } });
  return { session, beside, messages: items };
}

/** Saves the session as the file that `mock-smdp replay` reads. */
async function save(session: string, secrets: boolean): Promise<void> {
  const answer = await send('/exchanges/export', { query: { session, secrets } });
  const address = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `session-${session}.json`;
  link.click();
  URL.revokeObjectURL(address);
}

/** Chooses another session to compare this one with. */
function CompareWith({ transactionId }: { readonly transactionId: string }) {
  const words = texts.value.sessions;
  const { data } = useLive(
    `others ${namespace.value}`,
    (signal) => call<SessionList>('/sessions', { signal, query: { limit: mostShown } }),
    { concerns: (event) => event.kind === 'exchange', atMostEvery: 5_000 },
  );
  const others = (data.value?.items ?? [])
    .filter((each) => each.transactionId !== transactionId)
    .toReversed();
  if (others.length === 0) return null;
  return (
    <select
      class="input compare"
      aria-label={words.compare}
      value=""
      onChange={({ currentTarget: { value } }) => go(linkTo(['sessions', transactionId], { with: value }))}
    >
      <option value="">{words.compare}</option>
      {others.map((other) => (
        <option key={other.transactionId} value={other.transactionId}>
          {`${words.outcomes[other.outcome]} ${other.status ?? ''} ${other.iccid ?? other.eid ?? other.transactionId}`}
        </option>
      ))}
    </select>
  );
}
