import { useSignal } from '@preact/signals';
import type { ConductView, FaultExampleView, FaultRule, FaultView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { useLive } from '../../api/use-live.js';
import { RemoteSwitch } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote, problemText } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { number, texts, translated } from '../../texts/texts.js';
import { ruleName, switches, type SwitchName } from './switches.js';
import { useRules } from './use-rules.js';

interface Entry {
  readonly name: string;
  readonly title: string;
  /** What a device sees. */
  readonly sees: string;
  readonly rule: FaultRule;
}

/** Switches for faults. Each switch says what a device will see. */
export function Catalogue() {
  const words = texts.value.breakIt;
  const search = useSignal('');
  const { rules, problem, add, removeNamed } = useRules();
  const examples = useLive('fault examples', (signal) =>
    call<{ items: FaultExampleView[] }>('/faults/examples', { signal }),
  );
  const entries: Entry[] = [
    ...(Object.keys(switches) as SwitchName[]).map((name) => ({
      name: ruleName(name),
      title: words.switches[name].title,
      sees: words.switches[name].sees,
      rule: switches[name],
    })),
    ...(examples.data.value?.items ?? []).map(({ rule, what, notices }) => ({
      name: what.slice(0, 100),
      title: translated(what).charAt(0).toUpperCase() + translated(what).slice(1),
      sees: translated(notices),
      rule,
    })),
  ];
  const wanted = search.value.trim().toLowerCase();
  const shown = entries.filter(({ title, sees }) => `${title} ${sees}`.toLowerCase().includes(wanted));
  return (
    <div class="stack">
      <Conduct />
      <div class="spread">
        <p class="soft">{words.faultsText}</p>
        <input
          type="search"
          class="input narrow"
          aria-label={words.searchFaults}
          placeholder={words.searchFaults}
          value={search.value}
          onInput={(event) => (search.value = event.currentTarget.value)}
        />
      </div>
      {problem && <ProblemNote problem={problem} />}
      <ul class="switches">
        {shown.map(({ name, title, sees, rule }) => {
          const active = rules.filter((one) => one.name === name && !one.spent);
          return (
            <li key={name} class="card" data-on={active.length > 0}>
              <RemoteSwitch
                label={title}
                help={words.deviceSees(sees)}
                isOn={active.length > 0}
                turn={(isOn) => (isOn ? add({ name, ...rule }) : removeNamed(name))}
              />
              {active.length > 0 && <p class="small number hits">{words.hits(number(sumOfHits(active)))}</p>}
            </li>
          );
        })}
      </ul>
      {shown.length === 0 && <p class="empty">{texts.value.shell.palette.nothing}</p>}
    </div>
  );
}

const sumOfHits = (rules: readonly FaultView[]): number => rules.reduce((sum, { hits }) => sum + hits, 0);

const conducts = ['polite', 'strict', 'hostile'] as const;

/** How the server treats all clients. */
function Conduct() {
  const words = texts.value.breakIt;
  const { data, reloaded } = useLive(
    'conduct',
    (signal) => call<ConductView>('/conduct', { signal, wholeServer: true }),
    { pollEvery: 10_000 },
  );
  /** What the user has chosen, until the server has answered. */
  const wanted = useSignal<ConductView['conduct'] | undefined>(undefined);
  const choose = async (conduct: ConductView['conduct']): Promise<void> => {
    wanted.value = conduct;
    try {
      await call('/conduct', { method: 'PUT', body: { conduct }, wholeServer: true });
    } catch (error) {
      toast(problemText(asProblem(error)), 'bad');
    }
    await reloaded();
    if (wanted.peek() === conduct) wanted.value = undefined;
  };
  const current = wanted.value ?? data.value?.conduct;
  return (
    <fieldset class="card conduct">
      <legend>{words.conduct}</legend>
      {conducts.map((name) => (
        <label key={name} class="choice">
          <input
            type="radio"
            name="conduct"
            checked={name === current}
            disabled={current === undefined}
            onChange={() => void choose(name)}
          />
          <span>
            <strong>{words.conducts[name].title}</strong>
            <span class="soft small">
              <ForeignText text={words.conducts[name].text} />
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
