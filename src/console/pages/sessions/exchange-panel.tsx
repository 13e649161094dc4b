import { useSignal } from '@preact/signals';
import type { ExchangeDetails } from '../../../api/index.js';
import { ForeignText, visible } from '../../parts/foreign-text.js';
import { Badge, StateBadge } from '../../parts/state-badge.js';
import { Tabs } from '../../parts/tabs.js';
import { Time } from '../../parts/time.js';
import { number, texts } from '../../texts/texts.js';
import { Checks } from './checks.js';
import { MessageView } from './message.js';
import { resultTone } from './outcome.js';

type Tab = 'checks' | 'request' | 'answer' | 'secrets';

/** One exchange in full: its checks, both messages field by field and octet by octet, and its secrets on demand. */
export function ExchangePanel({ exchange }: { readonly exchange: ExchangeDetails }) {
  const words = texts.value.sessions;
  const tab = useSignal<Tab>('checks');
  const {
    id,
    interface: name,
    function: called,
    result,
    duration,
    at,
    state,
    outcome,
    request,
    answer,
    secrets,
    deviations = [],
  } = exchange;
  const tabs = [
    { name: 'checks' as const, title: words.checks },
    ...(request ? [{ name: 'request' as const, title: words.request }] : []),
    { name: 'answer' as const, title: words.answer },
    ...(secrets === undefined ? [] : [{ name: 'secrets' as const, title: words.secretsTab }]),
  ];
  return (
    <section class="card stack exchange" aria-label={visible(`${name} ${called}`)}>
      <div class="spread">
        <h2>
          {visible(name)} {visible(called)}
        </h2>
        <span class="soft small">#{id}</span>
      </div>
      <div class="row small">
        <Badge tone={resultTone(exchange)} text={result} />
        <span>{words.took(number(Math.round(duration * 100) / 100))}</span>
        <Time at={at} isFull />
        {state && (
          <span class="row">
            <StateBadge state={state.before as never} /> → <StateBadge state={state.after as never} />
          </span>
        )}
      </div>
      {outcome !== undefined && (
        <p class="small">
          <ForeignText text={outcome} />
        </p>
      )}
      {deviations.map(({ clause, what }) => (
        <p key={clause + what} class="note small">
          {words.deviation(clause)} <ForeignText text={what} />
        </p>
      ))}
      <Tabs<Tab> label={words.parts} tabs={tabs} chosen={tab.value} choose={(chosen) => (tab.value = chosen)}>
        {tab.value === 'checks' && <Checks exchange={exchange} />}
        {tab.value === 'request' && request && <MessageView message={request} />}
        {tab.value === 'answer' && <MessageView message={answer} status={answer.status} />}
        {tab.value === 'secrets' && (
          <pre class="mono wrap">
            <ForeignText text={JSON.stringify(secrets, null, 2)} most={4_000} />
          </pre>
        )}
      </Tabs>
    </section>
  );
}
