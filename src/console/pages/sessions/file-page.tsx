import type { ExchangeDetails } from '../../../api/index.js';
import { PageTitle } from '../../parts/page-title.js';
import { linkTo, place, setQuery } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Diagram } from './diagram.js';
import { ExchangePanel } from './exchange-panel.js';
import { opened } from './recording.js';
import { Replay } from './replay.js';
import { visible } from '../../parts/foreign-text.js';

/** A file of exchanges that the user has dropped on the page. It stays in the browser until the user replays it. */
export function FilePage() {
  const words = texts.value.sessions;
  const file = opened.value;
  if (!file)
    return (
      <>
        <PageTitle title={words.file} />
        <p class="empty">
          {words.noFileOpen} <a href={linkTo(['sessions'])}>{words.title}</a>
        </p>
      </>
    );
  const sessions = bySession(file.exchanges);
  const wanted = place.value.query.get('session') ?? '';
  const exchanges = sessions.get(wanted) ?? [...sessions.values()][0] ?? [];
  const chosen = exchanges.find(({ id }) => String(id) === place.value.query.get('exchange')) ?? exchanges[0];
  return (
    <>
      <PageTitle title={visible(file.name)}>
        <select
          class="input"
          aria-label={words.sessions}
          value={wanted}
          onChange={({ currentTarget: { value } }) => setQuery({ session: value })}
        >
          {[...sessions].map(([session, some]) => (
            <option key={session} value={session}>
              {`${visible(session).slice(0, 80) || words.withoutSession} (${some.length})`}
            </option>
          ))}
        </select>
      </PageTitle>
      <Replay file={file.file} session={sessionOf(exchanges)} />
      <div class="story">
        <section class="card">
          <Diagram exchanges={exchanges} messages={[]} chosen={chosen?.id} />
        </section>
        {chosen && <ExchangePanel key={chosen.id} exchange={chosen} />}
      </div>
    </>
  );
}

/** The session in view; empty: exchanges outside sessions are in view. */
const sessionOf = ([first]: readonly ExchangeDetails[]): string => first?.session ?? '';

function bySession(exchanges: readonly ExchangeDetails[]): Map<string, ExchangeDetails[]> {
  const sessions = new Map<string, ExchangeDetails[]>();
  for (const exchange of exchanges) {
    const key = exchange.session ?? '';
    sessions.set(key, [...(sessions.get(key) ?? []), exchange]);
  }
  return sessions;
}
