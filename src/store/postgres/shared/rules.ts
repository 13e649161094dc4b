import type {
  NewSharedRule,
  RuleAndKey,
  RuleCounters,
  RuleState,
  SharedRule,
  SharedRules,
  SharedScenario,
} from '../../across-instances.js';
import type { Connection } from '../connection.js';
import { lockOfTasks } from '../migrate.js';
import { allOf, type Queries } from '../queries.js';

const counters = 'matched, hits, choices, given';
const list = `
  SELECT id, rule, namespace, created_at AS "createdAt", ${counters},
    coalesce((SELECT position FROM fault_positions WHERE rule = id AND key = ''), 0) AS position
  FROM fault_rules ORDER BY id`;
const add = `
  INSERT INTO fault_rules (rule, namespace, created_at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) RETURNING id`;
const lock = `SELECT ${counters} FROM fault_rules WHERE id = $1 FOR UPDATE`;
/** Must be a separate statement after the lock: a statement that waits for a lock sees other tables as they were before the wait. */
const positionOf = 'SELECT position FROM fault_positions WHERE rule = $1 AND key = $2';
const save = 'UPDATE fault_rules SET matched = $2, hits = $3, choices = $4, given = $5 WHERE id = $1';
const savePosition = `
  INSERT INTO fault_positions (rule, key, position) VALUES ($1, $2, $3)
  ON CONFLICT (rule, key) DO UPDATE SET position = excluded.position`;
const giveHitBack = 'UPDATE fault_rules SET hits = hits - 1 WHERE id = $1 AND hits > 0';
/** Locks all scenarios, because two rules may name the same scenario, and a scenario in its first state has no row to lock. */
const lockScenarios = `SELECT pg_advisory_xact_lock(${lockOfTasks}, 5)`;
const listScenarios = 'SELECT namespace, name, state FROM fault_scenarios';
const scenario = `${listScenarios} WHERE namespace = $1 AND name = $2`;
const saveScenario = `
  INSERT INTO fault_scenarios (namespace, name, state) VALUES ($1, $2, $3)
  ON CONFLICT (namespace, name) DO UPDATE SET state = excluded.state`;
const removeScenario = 'DELETE FROM fault_scenarios WHERE namespace = $1 AND name = $2';

type CountersRow = Omit<RuleCounters, 'given'> & { readonly given: string };
type Row = Omit<SharedRule, 'counters'> & CountersRow;

export const sharedRules = (connection: Connection): SharedRules => ({
  rules: async () => (await connection.all<Row>(list)).map(toRule),
  addRules: (rules) => connection.transaction((queries) => addAll(queries, rules)),
  replaceRules: (rules) =>
    connection.transaction(async (queries) => {
      await allOf([
        queries.run('DELETE FROM fault_rules'),
        queries.run('DELETE FROM fault_scenarios'),
        addAll(queries, rules),
      ]);
    }),
  removeRules: async (ids) => {
    await connection.run('DELETE FROM fault_rules WHERE id = ANY ($1::bigint[])', [ids]);
  },
  decide: (about, work) => connection.transaction((queries) => decide(queries, about, work)),
  giveHitBack: async (id) => {
    await connection.change(giveHitBack, [id]);
  },
  scenarios: () => connection.all<SharedScenario>(listScenarios),
  saveScenario: (namespace, name, state) => setScenario(connection, { namespace, name }, state),
});

async function addAll(queries: Queries, rules: readonly NewSharedRule[]): Promise<readonly number[]> {
  const rows = await queries.all<{ id: number }>(add, [
    rules.map(({ rule }) => rule),
    rules.map(({ namespace }) => namespace),
    rules.map(({ createdAt }) => createdAt),
  ]);
  return rows.map(({ id }) => id);
}

async function decide<T>(
  queries: Queries,
  { id, key, scenario: named }: RuleAndKey,
  work: (before: RuleState) => RuleState & { readonly result: T },
): Promise<T | undefined> {
  if (named) await queries.first(lockScenarios);
  const [locked, place, found] = await allOf([
    queries.first<Omit<CountersRow, 'position'>>(lock, [id]),
    queries.first<Pick<CountersRow, 'position'>>(positionOf, [id, key]),
    named && queries.first<SharedScenario>(scenario, [named.namespace, named.name]),
  ]);
  if (!locked) return undefined;
  const row = { ...locked, position: place?.position ?? 0 };
  const { result, counters: after, state } = work({ counters: toCounters(row), state: found?.state });
  const { matched, hits, choices, given, position } = after;
  await allOf([
    queries.run(save, [id, matched, hits, choices, JSON.stringify(given)]),
    position !== row.position && queries.run(savePosition, [id, key, position]),
    named && state !== found?.state && setScenario(queries, named, state),
  ]);
  return result;
}

async function setScenario(
  queries: Queries,
  { namespace, name }: Omit<SharedScenario, 'state'>,
  state: string | undefined,
): Promise<void> {
  await (state === undefined
    ? queries.run(removeScenario, [namespace, name])
    : queries.run(saveScenario, [namespace, name, state]));
}

const toCounters = ({ matched, hits, choices, given, position }: CountersRow): RuleCounters => ({
  ...{ matched, hits, choices, position },
  given: JSON.parse(given) as number[],
});

const toRule = ({ id, rule, namespace, createdAt, ...row }: Row): SharedRule => ({
  ...{ id, rule, namespace, createdAt },
  counters: toCounters(row),
});
