/** Stands for a member behind a getter: Node replaces some by their value at the first use. */
export const unread = Symbol('unread');

/** What is the same before and after a test file. */
export interface State {
  /** Members of global objects, compared by identity. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly values: Readonly<Record<string, string>>;
  /** What may become fewer, but not more. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Says what differs, one phrase each. Values of environment variables are not repeated: some are secret. */
export function changes(before: State, after: State): string[] {
  return [
    ...keys(before.members, after.members)
      .filter((key) => before.members[key] !== unread && !Object.is(before.members[key], after.members[key]))
      .map((key) => `${key} is ${difference(before.members, after.members, key)}`),
    ...keys(before.environment, after.environment)
      .filter((key) => before.environment[key] !== after.environment[key])
      .map((key) => `process.env.${key} is ${difference(before.environment, after.environment, key)}`),
    ...keys(before.values, after.values)
      .filter((key) => before.values[key] !== after.values[key])
      .map((key) => `${key}: ${before.values[key]} became ${after.values[key]}`),
    ...keys(before.counts, after.counts)
      .filter((key) => (after.counts[key] ?? 0) > (before.counts[key] ?? 0))
      .map((key) => `${key}: ${before.counts[key] ?? 0} became ${after.counts[key] ?? 0}`),
  ];
}

const keys = (before: object, after: object): string[] => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
];

function difference(before: object, after: object, key: string): 'new' | 'gone' | 'another' {
  if (!Object.hasOwn(before, key)) return 'new';
  return Object.hasOwn(after, key) ? 'another' : 'gone';
}
