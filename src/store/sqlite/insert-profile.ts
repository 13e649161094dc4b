import { firstVersion, newProfileDefaults } from '../new-profile.js';
import type { NewProfile } from '../records.js';
import type { Connection } from './connection.js';
import { profileColumns } from './profile-columns.js';

type Optional = keyof typeof newProfileDefaults;
const optional = Object.keys(newProfileDefaults) as Optional[];
const always = ['iccid', 'profileType', 'state', 'createdAt', 'updatedAt'] as const;

/**
 * What inserts profiles like those of `sample`, and answers the new id.
 *
 * Members that no profile of the sample was given are literals in the statement: binding all of the columns would cost as
 * much again as a third of the insertion itself.
 */
export function profileInsertion(
  connection: Connection,
  sample: readonly NewProfile[],
): (profile: NewProfile) => number {
  const given = givenIn(sample);
  const insert = connection.prepare(insertionOf(given, 1));
  return (profile) => Number(insert.run(valuesOf([profile], given)).lastInsertRowid);
}

/** Profiles that {@link batchInsertion} inserts with one statement, which takes a third less time than one by one. */
export const rowsOfStatement = 50;

/** What inserts up to {@link rowsOfStatement} profiles like those of `sample` into a batch, all or none of them. */
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

/** Members that some profile of the sample was given. Walking through what they have is quicker than asking for each. */
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
