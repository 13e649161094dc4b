import { firstVersion, newProfileDefaults } from '../new-profile.js';
import type { NewProfile } from '../records.js';
import { profileColumns } from '../columns.js';
import type { Connection } from './connection.js';

type Optional = keyof typeof newProfileDefaults;
const optional = Object.keys(newProfileDefaults) as Optional[];
const always = ['iccid', 'profileType', 'state', 'createdAt', 'updatedAt'] as const;

/**
 * Creates a function that inserts profiles like those in `sample` and returns the new id.
 *
 * For each member that is absent from the whole sample, the statement contains the member's default as a literal. Binding all columns would
 * make the insertion a third slower.
 */
export function profileInsertion(
  connection: Connection,
  sample: readonly NewProfile[],
): (profile: NewProfile) => number {
  const given = givenIn(sample);
  const insert = connection.prepare(insertionOf(given, 1));
  return (profile) => Number(insert.run(valuesOf([profile], given)).lastInsertRowid);
}

/** Number of profiles per statement of {@link batchInsertion}. Inserting them together saves a third of the time. */
export const rowsOfStatement = 50;

/**
 * Creates a function that inserts up to {@link rowsOfStatement} profiles like those in `sample` into a batch. It
 * inserts all of them or none.
 */
export function batchInsertion(
  connection: Connection,
  sample: readonly NewProfile[],
  batch: number,
): (profiles: readonly NewProfile[]) => void {
  const given = givenIn(sample);
  return (profiles) => {
    connection.prepare(insertionOf(given, profiles.length, true)).run(valuesOf(profiles, given, batch));
  };
}

/**
 * The members that at least one profile in the sample has. Iterating over the members of the profiles is faster than
 * testing each known member.
 */
function givenIn(sample: readonly NewProfile[]): Optional[] {
  const given = new Set<string>();
  for (const profile of sample) for (const member in profile) given.add(member);
  return optional.filter((member) => given.has(member));
}

function insertionOf(given: readonly Optional[], rows: number, inBatch = false): string {
  const parameters = [...always, ...given];
  const literals = optional.filter((member) => !given.includes(member));
  const names = [...literals, ...parameters].map((member) => profileColumns[member]);
  const row = [
    firstVersion,
    ...literals.map((member) => literal(newProfileDefaults[member])),
    ...parameters.map(() => '?'),
    ...(inBatch ? ['?'] : []),
  ].join(', ');
  return `
    INSERT INTO profiles (version, ${names.join(', ')}${inBatch ? ', batch' : ''})
    VALUES ${Array<string>(rows).fill(`(${row})`).join(', ')}`;
}

function literal(value: (typeof newProfileDefaults)[Optional]): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value}'` : String(Number(value));
}

function valuesOf(profiles: readonly NewProfile[], given: readonly Optional[], batch?: number): unknown[] {
  const values: unknown[] = [];
  for (const profile of profiles) {
    const { iccid, profileType, state, createdAt } = profile;
    values.push(iccid, profileType, state, createdAt, createdAt);
    for (const member of given) {
      const value = profile[member] ?? newProfileDefaults[member];
      values.push(typeof value === 'boolean' ? Number(value) : value);
    }
    if (batch !== undefined) values.push(batch);
  }
  return values;
}
