import { useSignal } from '@preact/signals';
import type { FaultRule, FaultView } from '../../../api/index.js';
import { Field } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge } from '../../parts/state-badge.js';
import { number, texts } from '../../texts/texts.js';
import { useRules } from './use-rules.js';

/** Members that the page leaves out of the JSON of a rule. */
const counters = [
  ...['id', 'namespace', 'matched', 'hits', 'outcomesGiven', 'spent', 'createdAt', 'name'],
] as const;

const ruleOf = (view: FaultView): object =>
  Object.fromEntries(
    Object.entries(view).filter(([name]) => !(counters as readonly string[]).includes(name)),
  );

/** The active rules with their counters, and a form for a new rule. */
export function Rules() {
  const words = texts.value.breakIt;
  const { rules, problem, add, remove, removeAll } = useRules();
  const text = useSignal(
    '{\n  "function": "getBoundProfilePackage",\n  "refuse": "8.2.7/3.8",\n  "times": 1\n}',
  );
  const wrong = useSignal<string | undefined>(undefined);
  const submit = (event: Event): void => {
    event.preventDefault();
    try {
      void add(JSON.parse(text.peek()) as FaultRule);
      wrong.value = undefined;
    } catch (error) {
      wrong.value = words.notJson((error as Error).message);
    }
  };
  return (
    <div class="stack">
      {problem && <ProblemNote problem={problem} />}
      <section class="card">
        <div class="spread">
          <h2>{words.activeRules}</h2>
          {rules.length > 0 && (
            <button type="button" class="button danger" onClick={() => void removeAll()}>
              {words.removeAll}
            </button>
          )}
        </div>
        {rules.length === 0 && <p class="empty">{words.noRules}</p>}
        {rules.length > 0 && (
          <div class="scroll-x" tabIndex={0} role="group" aria-label={words.activeRules}>
            <table class="plain-table">
              <thead>
                <tr>
                  <th scope="col">{words.rule}</th>
                  <th scope="col">{words.matched}</th>
                  <th scope="col">{words.hit}</th>
                  <th scope="col">{words.ruleState}</th>
                  <th scope="col">
                    <span class="unseen">{texts.value.common.remove}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rules.map((rule) => (
                  <tr key={rule.id}>
                    <td>
                      {rule.name !== undefined && (
                        <strong>
                          <ForeignText text={rule.name} />
                        </strong>
                      )}
                      <div class="small soft">
                        <ForeignText text={JSON.stringify(ruleOf(rule))} mono />
                      </div>
                    </td>
                    <td class="number">{number(rule.matched)}</td>
                    <td class="number">
                      {number(rule.hits)}
                      {rule.outcomesGiven && (
                        <div class="small soft">{rule.outcomesGiven.map(number).join(' · ')}</div>
                      )}
                    </td>
                    <td>
                      <Badge
                        tone={rule.spent ? 'none' : 'busy'}
                        text={rule.spent ? words.spent : words.active}
                      />
                    </td>
                    <td>
                      <button type="button" class="button" onClick={() => void remove(rule.id)}>
                        {texts.value.common.remove}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <form class="card stack" onSubmit={submit}>
        <h2>{words.ownRule}</h2>
        <Field label={words.ownRuleLabel} help={words.ownRuleHelp} wrong={wrong.value}>
          {(ids) => (
            <textarea
              {...ids}
              class="input mono"
              rows={7}
              spellcheck={false}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="row">
          <button type="submit" class="button main">
            {words.addRule}
          </button>
        </div>
      </form>
    </div>
  );
}
