import type { ExchangeSummary, SessionList as SessionListView, SessionView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { DropZone } from '../../parts/drop-zone.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { go, linkTo, namespace, place, setQuery } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { outcomeTone } from './outcome.js';
import { openFile } from './recording.js';

const shown = 200;

/** All sessions, newest first, and the calls and connections outside sessions. */
export function SessionList() {
  const words = texts.value.sessions;
  const wanted = place.value.query.get('search') ?? '';
  const { data, problem, reload } = useLive(
    `sessions ${namespace.value} ${wanted}`,
    (signal) => call<SessionListView>('/sessions', { signal, query: { limit: shown, ...queryOf(wanted) } }),
    { concerns: (event) => event.kind === 'exchange' },
  );
  const items = data.value?.items.toReversed() ?? [];
  return (
    <>
      <PageTitle title={words.title} />
      <div class="stack">
        <input
          class="input search"
          type="search"
          data-search
          aria-label={words.search}
          placeholder={words.search}
          value={wanted}
          onInput={({ currentTarget: { value } }) => setQuery({ search: value.trim() })}
        />
        {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
        <div class="sessions-columns">
          <section class="card stack">
            <div class="spread">
              <h2>{words.sessions}</h2>
              {data.value && <span class="soft small">{words.count(number(data.value.total))}</span>}
            </div>
            {data.value && items.length === 0 && <p class="empty">{words.none}</p>}
            <ul class="items">
              {items.map((session) => (
                <SessionLine key={session.transactionId} session={session} />
              ))}
            </ul>
          </section>
          <div class="stack">
            <Outside
              title={words.withoutSession}
              help={words.withoutSessionHelp}
              exchanges={data.value?.withoutSession}
            />
            <Outside title={words.unserved} help={words.unservedHelp} exchanges={data.value?.unserved} />
            <section class="card">
              <h2>{words.file}</h2>
              <DropZone
                label={words.drop}
                accept=".json"
                take={(file) =>
                  void openFile(file).then(
                    () => go(linkTo(['sessions', 'file'])),
                    () => toast(words.noFile, 'bad'),
                  )
                }
              >
                <span class="soft small">{words.dropHelp}</span>
              </DropZone>
            </section>
          </div>
        </div>
      </div>
    </>
  );
}

/** Searches for a device, a profile or an order, depending on the form of the typed text. */
function queryOf(wanted: string): { eid?: string; iccid?: string; matchingId?: string } {
  if (wanted === '') return {};
  if (/^\d{32}$/.test(wanted)) return { eid: wanted };
  return /^\d{18,20}$/.test(wanted) ? { iccid: wanted } : { matchingId: wanted };
}

function SessionLine({ session }: { readonly session: SessionView }) {
  const { transactionId, begunAt, eid, matchingId, iccid, outcome, status, steps } = session;
  const words = texts.value.sessions;
  return (
    <li>
      <a class="session-line" href={linkTo(['sessions', transactionId])}>
        <span class="spread">
          <span class="row">
            <Badge tone={outcomeTone[outcome]} text={words.outcomes[outcome]} />
            {status !== undefined && <span class="mono small">{status}</span>}
          </span>
          <span class="soft small">
            <Time at={begunAt} />
          </span>
        </span>
        <span class="small soft wrap">
          {eid !== undefined && <ForeignText text={`EID ${eid}`} mono />}{' '}
          {iccid !== undefined && <ForeignText text={`ICCID ${iccid}`} mono />}{' '}
          {matchingId !== undefined && (
            <ForeignText text={matchingId === '' ? words.byEid : `MatchingID ${matchingId}`} most={80} />
          )}
        </span>
        <span class="steps" aria-hidden="true">
          {steps.map(({ id, function: name, result }) => (
            <span
              key={id}
              class="step"
              data-good={result === 'Executed-Success'}
              title={`${name}: ${result}`}
            />
          ))}
        </span>
      </a>
    </li>
  );
}

interface OutsideProps {
  readonly title: string;
  readonly help: string;
  readonly exchanges: readonly ExchangeSummary[] | undefined;
}

/** Calls and connections that belong to no session, newest first. */
function Outside({ title, help, exchanges = [] }: OutsideProps) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <p class="soft small">{help}</p>
      <ul class="items">
        {exchanges
          .toReversed()
          .map(({ id, at, function: name, result, message, hint, path, peer, serverName }) => (
            <li key={id}>
              <div class="spread">
                <strong>
                  <ForeignText text={path ?? name} most={80} />
                </strong>
                <span class="soft small">
                  <Time at={at} />
                </span>
              </div>
              <div class="row small">
                <Badge tone="bad" text={result} />
                {peer !== undefined && <ForeignText text={peer} mono />}
                {serverName !== undefined && <ForeignText text={serverName} mono most={80} />}
              </div>
              {message !== undefined && (
                <p class="small">
                  <ForeignText text={message} />
                </p>
              )}
              {hint !== undefined && (
                <p class="small soft">
                  <ForeignText text={hint} />
                </p>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
