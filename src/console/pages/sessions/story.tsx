import type { CallbackList, ExchangeDetails, SessionDetails } from '../../../api/index.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ForeignText, visible } from '../../parts/foreign-text.js';
import { Badge } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { linkTo, place } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Diagram } from './diagram.js';
import { DeviceWords } from './device-words.js';
import { ExchangePanel } from './exchange-panel.js';
import { outcomeTone, success } from './outcome.js';

interface StoryProps {
  readonly session: SessionDetails;
  /** Exchanges of other interfaces about the same profile. */
  readonly beside: readonly ExchangeDetails[];
  /** Messages to the operator about the same profile. */
  readonly messages: CallbackList['items'];
}

/** A session from the first request to the last notification: its outcome, its diagram, and one message in full. */
export function Story({ session, beside, messages }: StoryProps) {
  const words = texts.value.sessions;
  const exchanges = [...beside, ...session.exchanges].sort((one, other) => one.id - other.id);
  const wanted = Number(place.value.query.get('exchange'));
  const chosen = exchanges.find(({ id }) => id === wanted) ?? mostTelling(session.exchanges) ?? exchanges[0];
  const refused = session.exchanges.findLast(({ refusal }) => refusal !== undefined);
  return (
    <div class="stack">
      <Facts session={session} />
      {refused && <Reason exchange={refused} />}
      {session.whatDevicesSay && <DeviceWords words={session.whatDevicesSay} />}
      <div class="story">
        <section class="card" aria-label={words.diagram}>
          <Diagram exchanges={exchanges} messages={messages} chosen={chosen?.id} />
        </section>
        {chosen && <ExchangePanel key={chosen.id} exchange={chosen} />}
      </div>
    </div>
  );
}

/** The exchange to show first: the failed exchange, otherwise the newest. */
const mostTelling = (exchanges: readonly ExchangeDetails[]): ExchangeDetails | undefined =>
  exchanges.findLast(({ refusal }) => refusal !== undefined) ??
  exchanges.findLast(({ result }) => result !== success) ??
  exchanges.at(-1);

function Facts({ session }: { readonly session: SessionDetails }) {
  const words = texts.value.sessions;
  const { transactionId, outcome, status, eid, iccid, matchingId, begunAt } = session;
  return (
    <section class="card row session-facts">
      <Badge tone={outcomeTone[outcome]} text={words.outcomes[outcome]} />
      {status !== undefined && <strong class="mono">{status}</strong>}
      <dl class="facts">
        <dt>TransactionId</dt>
        <dd>
          <ForeignText text={transactionId} mono />
          <CopyButton text={transactionId} what="TransactionId" />
        </dd>
        {eid !== undefined && (
          <>
            <dt>EID</dt>
            <dd>
              <a href={linkTo(['profiles'], { search: eid })}>
                <ForeignText text={eid} mono />
              </a>
            </dd>
          </>
        )}
        {iccid !== undefined && (
          <>
            <dt>ICCID</dt>
            <dd>
              <a href={linkTo(['profiles', iccid])}>
                <ForeignText text={iccid} mono />
              </a>
            </dd>
          </>
        )}
        {matchingId !== undefined && (
          <>
            <dt>MatchingID</dt>
            <dd>{matchingId === '' ? words.byEid : <ForeignText text={matchingId} mono />}</dd>
          </>
        )}
        <dt>{words.begun}</dt>
        <dd>
          <Time at={begunAt} isFull />
        </dd>
      </dl>
    </section>
  );
}

/** Why the server refused, and what to try. */
function Reason({ exchange }: { readonly exchange: ExchangeDetails }) {
  const { refusal, nearest, hint, faults = [] } = exchange;
  const words = texts.value.sessions;
  return (
    <section class="note bad">
      <p>
        <strong>{visible(words.refusedAt(exchange.function, refusal?.status ?? exchange.result))}</strong>{' '}
        {refusal && <ForeignText text={refusal.message} />}
        {refusal?.clause !== undefined && <span class="soft"> ({words.clause(refusal.clause)})</span>}
      </p>
      {nearest && (
        <p>
          {words.nearest} <ForeignText text={nearest.why} />{' '}
          {nearest.orders.map(({ iccid }) => (
            <a key={iccid} href={linkTo(['profiles', iccid])}>
              <ForeignText text={iccid} mono />
            </a>
          ))}
        </p>
      )}
      {faults.length > 0 && (
        <p>
          {words.onPurpose} <ForeignText text={faults.map(({ by, what }) => `${by}: ${what}`).join('; ')} />{' '}
          <a href={linkTo(['break'])}>{words.toFaults}</a>
        </p>
      )}
      {hint !== undefined && (
        <p>
          <ForeignText text={hint} />
        </p>
      )}
    </section>
  );
}
