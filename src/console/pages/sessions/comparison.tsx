import { useSignal } from '@preact/signals';
import type { ExchangeDetails, SessionDetails } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { ForeignText, visible } from '../../parts/foreign-text.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge } from '../../parts/state-badge.js';
import { linkTo, namespace } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { differencesOf, isAlwaysNew, pairsOf } from './differences.js';
import { outcomeTone } from './outcome.js';

/** Two sessions side by side, step by step, with their differences. */
export function Comparison({ first, second }: { readonly first: string; readonly second: string }) {
  const words = texts.value.sessions;
  const showsAll = useSignal(false);
  const { data, problem, reload } = useLive(
    `comparison ${namespace.value} ${first} ${second}`,
    (signal) =>
      Promise.all(
        [first, second].map((id) => call<SessionDetails>(`/sessions/${encodeURIComponent(id)}`, { signal })),
      ),
    {
      concerns: (event) =>
        event.kind === 'exchange' && [first, second].includes(event.exchange.session ?? ''),
    },
  );
  const [one, other] = data.value ?? [];
  return (
    <>
      <PageTitle title={words.comparison}>
        <label class="switch">
          <input
            type="checkbox"
            checked={showsAll.value}
            onChange={({ currentTarget }) => (showsAll.value = currentTarget.checked)}
          />
          {words.alwaysNew}
        </label>
      </PageTitle>
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {one && other && (
        <div class="stack">
          <div class="compared">
            <Heading session={one} />
            <Heading session={other} />
          </div>
          {pairsOf(one.exchanges, other.exchanges).map(([left, right], index) => (
            <Step key={index} left={left} right={right} showsAll={showsAll.value} />
          ))}
        </div>
      )}
    </>
  );
}

const Heading = ({
  session: { transactionId, outcome, status, eid },
}: {
  readonly session: SessionDetails;
}) => (
  <section class="card">
    <a href={linkTo(['sessions', transactionId])}>
      <ForeignText text={transactionId} mono />
    </a>
    <div class="row small">
      <Badge tone={outcomeTone[outcome]} text={texts.value.sessions.outcomes[outcome]} />
      {status !== undefined && <span class="mono">{status}</span>}
      {eid !== undefined && <ForeignText text={eid} mono />}
    </div>
  </section>
);

interface StepProps {
  readonly left: ExchangeDetails | undefined;
  readonly right: ExchangeDetails | undefined;
  readonly showsAll: boolean;
}

function Step({ left, right, showsAll }: StepProps) {
  const words = texts.value.sessions;
  const all = differencesOf(left, right);
  const shown = showsAll ? all : all.filter((difference) => !isAlwaysNew(difference));
  const name = visible((left ?? right)!.function);
  return (
    <section class="card comparison">
      <div class="spread">
        <h2>{name}</h2>
        <span class="soft small">
          {!left || !right
            ? words.onlyOne
            : shown.length === 0
              ? words.same
              : words.differ(number(shown.length))}
        </span>
      </div>
      {shown.length > 0 && (
        <div class="scroll-x" tabIndex={0} role="group" aria-label={name}>
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">{words.field}</th>
                <th scope="col">{words.first}</th>
                <th scope="col">{words.second}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ path, first, second }) => (
                <tr key={path}>
                  <th scope="row">
                    <ForeignText text={path} mono most={240} />
                  </th>
                  <td>
                    {first === undefined ? (
                      <span class="soft">{words.missing}</span>
                    ) : (
                      <ForeignText text={first} mono most={120} />
                    )}
                  </td>
                  <td>
                    {second === undefined ? (
                      <span class="soft">{words.missing}</span>
                    ) : (
                      <ForeignText text={second} mono most={120} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
