import { firstVersion, newProfile, newProfileDefaults } from '../new-profile.js';
import type { NewProfile, Profile, ProfileState } from '../records.js';
import type { Connection } from './connection.js';
import { duplicate } from './duplicates.js';
import { profileColumns } from './profile-columns.js';

type Optional = keyof typeof newProfileDefaults;
const optional = Object.keys(newProfileDefaults) as Optional[];
const always = ['iccid', 'profileType', 'state', 'createdAt', 'updatedAt'] as const;

const addToCount = `
  INSERT INTO profile_counts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count`;

/** Makes the profiles in one transaction. @throws DuplicateError, with none of them made */
export function createProfiles(connection: Connection, profiles: readonly NewProfile[]): readonly Profile[] {
  const given = optional.filter((member) => profiles.some((profile) => profile[member] !== undefined));
  return connection.transaction(() => {
    const insert = connection.prepare(insertionOf(given));
    const made = profiles.map((profile) => {
      try {
        const { lastInsertRowid } = insert.run(valuesOf(profile, given));
        return newProfile(Number(lastInsertRowid), profile);
      } catch (error) {
        throw duplicate(error, profile.iccid, profile.matchingId);
      }
    });
    count(connection, made);
    return made;
  });
}

/**
 * Members that no profile of an import was given are literals in the statement: binding all of the columns would cost
 * as much again as a third of the insertion itself.
 */
function insertionOf(given: readonly Optional[]): string {
  const parameters = [...always, ...given];
  const literals = optional.filter((member) => !given.includes(member));
  const names = [...parameters, ...literals].map((member) => profileColumns[member]);
  const sources = [
    ...parameters.map(() => '?'),
    ...literals.map((member) => literal(newProfileDefaults[member])),
  ];
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

function count(connection: Connection, made: readonly Profile[]): void {
  const counts = new Map<string, Map<ProfileState, number>>();
  for (const { profileType, state } of made) {
    let states = counts.get(profileType);
    if (!states) counts.set(profileType, (states = new Map<ProfileState, number>()));
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  const add = connection.prepare(addToCount);
  for (const [profileType, states] of counts)
    for (const [state, number] of states) add.run(profileType, state, number);
}
