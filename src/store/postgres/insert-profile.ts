import { inTurns } from '../../base/turns.js';
import { firstVersion, newProfileDefaults } from '../new-profile.js';
import type { NewProfile } from '../records.js';
import { profileColumns } from '../columns.js';
import { typeOf } from './profile-columns.js';
import { storableText } from './text.js';

/** The number of rows to write before other work of this process gets a turn. */
const rowsPerTurn = 1000;

type Optional = keyof typeof newProfileDefaults;
const optional = Object.keys(newProfileDefaults) as Optional[];
const always = ['iccid', 'profileType', 'state', 'createdAt', 'updatedAt'] as const;
type Member = Optional | (typeof always)[number];

const valueOf = (profile: NewProfile, member: Member): unknown => {
  if (member === 'updatedAt') return profile.createdAt;
  const value = profile[member];
  return value ?? (member in newProfileDefaults ? newProfileDefaults[member as Optional] : undefined);
};

/** `given`: the members that a statement takes from the profiles. `absent`: members that no profile has, and whose default is not null. */
function membersOf(profiles: readonly NewProfile[]): { given: Member[]; absent: Optional[] } {
  const named = new Set<string>();
  for (const profile of profiles) for (const member in profile) named.add(member);
  return {
    given: [...always, ...optional.filter((member) => named.has(member))],
    absent: optional.filter((member) => !named.has(member) && newProfileDefaults[member] !== null),
  };
}

const literal = (value: (typeof newProfileDefaults)[Optional]): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

const columnsOf = (members: readonly Member[]): string =>
  members.map((member) => profileColumns[member]).join(', ');

export interface Insertion {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A statement that inserts all profiles, in order, and returns their ids. */
export function insertionOf(profiles: readonly NewProfile[]): Insertion {
  const { columns, rows, values } = rowsOf(profiles);
  return { sql: `INSERT INTO profiles (${columns}) ${rows} RETURNING id`, values };
}

/**
 * A statement that inserts the profiles into a batch, under the given ids. Skips profiles with a taken identifier, and returns the ids of
 * the inserted profiles.
 */
export function tolerantInsertionOf(
  profiles: readonly NewProfile[],
  batch: number,
  ids: readonly number[],
): Insertion {
  const { columns, rows, values } = rowsOf(profiles, ', id, batch', `, ids[ordinal], $2::bigint`, 3);
  const sql = `
    INSERT INTO profiles (${columns})
    SELECT given.* FROM (SELECT $1::bigint[] AS ids) AS known CROSS JOIN LATERAL (${rows}) AS given
    ON CONFLICT DO NOTHING RETURNING id`;
  return { sql, values: [ids, batch, ...values] };
}

/** SQL that yields one row per profile. */
function rowsOf(profiles: readonly NewProfile[], moreColumns = '', moreValues = '', first = 1) {
  const { given, absent } = membersOf(profiles);
  const names = columnsOf(given);
  const arrays = given.map((member, index) => `$${first + index}::${typeOf(member)}[]`).join(', ');
  const literals = [firstVersion, ...absent.map((member) => literal(newProfileDefaults[member]))];
  const columns = [names, 'version', ...absent.map((member) => profileColumns[member])].join(', ');
  return {
    columns: columns + moreColumns,
    rows: `
      SELECT ${names}, ${literals.join(', ')}${moreValues}
      FROM unnest(${arrays}) WITH ORDINALITY AS row (${names}, ordinal) ORDER BY ordinal`,
    values: given.map((member) => profiles.map((profile) => valueOf(profile, member))),
  };
}

/** A COPY statement, and its input in pieces. */
interface Copying {
  readonly sql: string;
  readonly rows: AsyncIterable<string>;
}

/** The COPY that adds the profiles to a batch. */
export function copyOf(profiles: readonly NewProfile[], batch: number): Copying {
  const { given, absent } = membersOf(profiles);
  const members = [...given, ...absent];
  const rest = `\t${firstVersion}\t${batch}\n`;
  const row = (profile: NewProfile): string =>
    members.map((member) => copied(valueOf(profile, member))).join('\t') + rest;
  return {
    sql: `COPY profiles (${columnsOf(members)}, version, batch) FROM STDIN`,
    rows: textOf(profiles, row),
  };
}

async function* textOf(
  profiles: readonly NewProfile[],
  row: (profile: NewProfile) => string,
): AsyncGenerator<string, void> {
  for await (const some of inTurns(profiles, rowsPerTurn)) yield some.map(row).join('');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value in the text format of COPY. */
export function copied(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`;
  if (typeof value !== 'string') return JSON.stringify(value);
  const text = storableText(value);
  return /[\\\n\r\t]/.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (found) => escapes[found] ?? found) : text;
}
