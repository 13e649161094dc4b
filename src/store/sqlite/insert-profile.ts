import { firstVersion, newProfileDefaults } from '../new-profile.js';
import type { NewProfile } from '../records.js';
import type { Connection } from './connection.js';
import { profileColumns } from './profile-columns.js';

type Optional = keyof typeof newProfileDefaults;
const optional = Object.keys(newProfileDefaults) as Optional[];
const always = ['iccid', 'profileType', 'state', 'createdAt', 'updatedAt'] as const;

/**
 * What inserts profiles like those of `sample`: into the batch, if one is given. It answers the new id.
 *
 * Members that no profile of the sample was given are literals in the statement: binding all of the columns would cost as
 * much again as a third of the insertion itself.
 */
export function profileInsertion(
  connection: Connection,
  sample: readonly NewProfile[],
  batch?: number,
): (profile: NewProfile) => number {
  const given = optional.filter((member) => sample.some((profile) => profile[member] !== undefined));
  const insert = connection.prepare(insertionOf(given, batch !== undefined));
  return (profile) => {
    const row = valuesOf(profile, given);
    if (batch !== undefined) row.push(batch);
    return Number(insert.run(row).lastInsertRowid);
  };
}

function insertionOf(given: readonly Optional[], inBatch: boolean): string {
  const parameters = [...always, ...given];
  const literals = optional.filter((member) => !given.includes(member));
  const names = [...literals, ...parameters].map((member) => profileColumns[member]);
  const sources = [
    ...literals.map((member) => literal(newProfileDefaults[member])),
    ...parameters.map(() => '?'),
  ];
  if (inBatch) {
    names.push('batch');
    sources.push('?');
  }
  return `INSERT INTO profiles (version, ${names.join(', ')}) VALUES (${firstVersion}, ${sources.join(', ')})`;
}

function literal(value: (typeof newProfileDefaults)[Optional]): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value}'` : String(Number(value));
}

function valuesOf(profile: NewProfile, given: readonly Optional[]): unknown[] {
  const row: unknown[] = [
    profile.iccid,
    profile.profileType,
    profile.state,
    profile.createdAt,
    profile.createdAt,
  ];
  for (const member of given) {
    const value = profile[member] ?? newProfileDefaults[member];
    row.push(typeof value === 'boolean' ? Number(value) : value);
  }
  return row;
}
