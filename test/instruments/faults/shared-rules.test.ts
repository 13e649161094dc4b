import { expect, it } from 'vitest';
import { systemClock } from '../../../src/base/clock.js';
import { systemRandom } from '../../../src/base/random.js';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { FaultRules, faultsIn } from '../../../src/instruments/faults/index.js';
import type { RuleState, SharedRule, SharedRules } from '../../../src/store/index.js';

const counters = { matched: 0, hits: 0, choices: 0, given: [], position: 0 };

/** Rules in a database whose connection breaks in every transaction, so that each decision is made twice. */
class UnluckyRules implements SharedRules {
  #rows: readonly SharedRule[] = [];
  /** The ids of each call of {@link removeRules}. */
  readonly removals: (readonly number[])[] = [];
  rules = () => Promise.resolve(this.#rows);
  scenarios = () => Promise.resolve([]);
  saveScenario = () => Promise.resolve();
  giveHitBack = () => Promise.resolve();
  addRules: SharedRules['addRules'] = (rules) => {
    const added = rules.map((rule, index) => ({ ...rule, id: this.#rows.length + index + 1, counters }));
    this.#rows = [...this.#rows, ...added];
    return Promise.resolve(added.map(({ id }) => id));
  };
  replaceRules: SharedRules['replaceRules'] = async (rules) => {
    this.#rows = [];
    await this.addRules(rules);
  };
  removeRules: SharedRules['removeRules'] = (ids) => {
    this.removals.push(ids);
    this.#rows = this.#rows.filter(({ id }) => !ids.includes(id));
    return Promise.resolve();
  };
  decide: SharedRules['decide'] = ({ id }, work) => {
    const row = this.#rows.find((one) => one.id === id);
    if (!row) return Promise.resolve(undefined);
    const before: RuleState = { counters: row.counters, state: undefined };
    work(before);
    const { result, counters: after } = work(before);
    this.#rows = this.#rows.map((one) => (one === row ? { ...row, counters: after } : one));
    return Promise.resolve(result);
  };
}

async function sharedRules() {
  const store = new UnluckyRules();
  const rules = new FaultRules({ clock: systemClock, random: systemRandom });
  await rules.share(store, true);
  return { store, rules };
}

it('an exchange notes an outcome once, even if the connection breaks and the rule decides again', async () => {
  const { rules } = await sharedRules();
  const outcomes = [{ httpStatus: 503 }, { real: true as const }];
  const { id } = await rules.addShared({ name: 'flaky', function: 'authenticateClient', outcomes });
  const noted: unknown[] = [];
  for (let request = 0; request < 2; request++) {
    const exchange = new Exchange('ES9+', 'authenticateClient');
    await rules.get(id)!.begin(exchange);
    noted.push(exchange.ruleOutcomes);
  }
  expect(noted).toEqual([
    [{ by: 'flaky', outcome: 1, isReal: false }],
    [{ by: 'flaky', outcome: 2, isReal: true }],
  ]);
  await rules.refresh();
  expect(rules.get(id)).toMatchObject({ matched: 2, hits: 1, outcomesGiven: [1, 1] });
});

it('the rules of a namespace are removed together', async () => {
  const { store, rules } = await sharedRules();
  const rule = { function: 'authenticateClient', httpStatus: 503 } as const;
  for (const namespace of ['suite', 'suite', 'other', undefined]) await rules.addShared(rule, namespace);
  expect(await faultsIn(rules, 'suite').remove()).toBe(2);
  expect(store.removals).toEqual([[1, 2]]);
  expect(await faultsIn(rules, 'suite').remove({ id: '3' })).toBe(0);
  expect(rules.all.map(({ id }) => id)).toEqual(['3', '4']);
});
