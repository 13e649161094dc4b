import type { CallbackList, ExchangeList, OperatorView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { Chips } from '../../parts/chips.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { toast } from '../../parts/toast.js';
import { linkTo, namespace, place, setQuery } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import './operators.css';

/** Operators: live lists of their orders, and of the progress messages to them. */
export default function Operators() {
  const words = texts.value.operators;
  return (
    <>
      <PageTitle title={words.title} />
      <div class="operators">
        <Orders />
        <Callbacks />
        <Registered />
      </div>
    </>
  );
}

/** Orders over ES2+, newest first. */
function Orders() {
  const words = texts.value.operators;
  const { data, problem, reload } = useLive(
    `orders ${namespace.value}`,
    (signal) => call<ExchangeList>('/exchanges', { signal, query: { interface: 'ES2+', limit: 50 } }),
    { concerns: (event) => event.kind === 'exchange' && event.exchange.interface === 'ES2+' },
  );
  const items = data.value?.items.toReversed() ?? [];
  return (
    <section class="card">
      <h2>{words.orders}</h2>
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {data.value && items.length === 0 && <p class="empty">{words.noOrders}</p>}
      <ul class="items">
        {items.map(({ id, at, function: name, result, message, iccid }) => (
          <li key={id}>
            <div class="spread">
              <strong>{name}</strong>
              <span class="soft small">
                <Time at={at} />
              </span>
            </div>
            <div class="row small">
              <Badge tone={result === 'Executed-Success' ? 'good' : 'bad'} text={result} />
              {iccid !== undefined && (
                <a href={linkTo(['profiles', iccid])}>
                  <ForeignText text={iccid} mono />
                </a>
              )}
              {message !== undefined && <ForeignText text={message} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

type CallbackState = 'waiting' | 'delivered';

/** Progress messages to operators, waiting or delivered. */
function Callbacks() {
  const words = texts.value.operators;
  const chosen = place.value.query.getAll('callbacks') as CallbackState[];
  const [state] = chosen.length === 1 ? chosen : [undefined];
  const { data, problem, reload } = useLive(
    `callbacks ${namespace.value} ${state}`,
    (signal) => call<CallbackList>('/callbacks', { signal, query: { state, limit: 100 } }),
    { concerns: () => true, pollEvery: 2_000, atMostEvery: 2_000 },
  );
  const retry = useAction(async () => {
    const { due } = await call<{ due: number }>('/callbacks/retry', { method: 'POST', body: {} });
    toast(words.retried(number(due)));
    reload();
  });
  const answer = data.value;
  return (
    <section class="card stack">
      <div class="spread">
        <h2>{words.callbacks}</h2>
        {answer !== undefined && answer.waiting > 0 && (
          <button type="button" class="button" disabled={retry.isBusy.value} onClick={() => retry.run()}>
            {words.retry}
          </button>
        )}
      </div>
      <Chips<CallbackState>
        label={words.callbackStates}
        chips={[
          { name: 'waiting', title: words.waiting, ...(answer && { count: number(answer.waiting) }) },
          { name: 'delivered', title: words.delivered, ...(answer && { count: number(answer.delivered) }) },
        ]}
        chosen={chosen}
        choose={(states) => setQuery({ callbacks: states })}
      />
      {(problem.value ?? retry.problem.value) && (
        <ProblemNote problem={(problem.value ?? retry.problem.value)!} retry={reload} />
      )}
      {answer?.items.length === 0 && <p class="empty">{words.noCallbacks}</p>}
      <ul class="items">
        {answer?.items.map(
          ({ id, operator, iccid, state: now, attempts, queuedAt, nextAttemptAt, lastError, body }) => (
            <li key={id}>
              <div class="spread">
                <a href={linkTo(['profiles', iccid])}>
                  <ForeignText text={iccid} mono />
                </a>
                <span class="soft small">
                  <Time at={queuedAt} />
                </span>
              </div>
              <div class="row small">
                <Badge
                  tone={now === 'delivered' ? 'good' : lastError === null ? 'busy' : 'careful'}
                  text={now === 'delivered' ? words.delivered : words.waiting}
                />
                <ForeignText text={operator} mono />
                <span class="soft">{words.attempts(number(attempts))}</span>
                {nextAttemptAt !== null && now === 'waiting' && (
                  <span class="soft">
                    {words.next} <Time at={nextAttemptAt} isFull />
                  </span>
                )}
              </div>
              {lastError !== null && now === 'waiting' && (
                <p class="small wrong">
                  <ForeignText text={lastError} />
                </p>
              )}
              <details class="small">
                <summary>{words.body}</summary>
                <pre class="mono wrap">
                  <ForeignText text={JSON.stringify(body, null, 2)} most={4_000} />
                </pre>
              </details>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

/** Registered operators with their endpoints. */
function Registered() {
  const words = texts.value.operators;
  const { data, problem } = useLive(
    'operators',
    (signal) => call<{ items: OperatorView[] }>('/operators', { signal, wholeServer: true }),
    { pollEvery: 10_000 },
  );
  const items = data.value?.items ?? [];
  return (
    <section class="card">
      <h2>{words.registered}</h2>
      {problem.value && <ProblemNote problem={problem.value} />}
      {data.value && items.length === 0 && <p class="empty">{words.noOperators}</p>}
      <ul class="items">
        {items.map(({ identifier, callbackUrl, certificates }) => (
          <li key={identifier}>
            <a href={linkTo(['profiles'], { operator: identifier })}>
              <ForeignText text={identifier} mono />
            </a>
            <p class="small soft">
              {callbackUrl === null ? words.noCallbackUrl : <ForeignText text={callbackUrl} mono />} ·{' '}
              {words.certificates(number(certificates.length))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
