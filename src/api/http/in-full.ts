/** What is read of a schema to say what a value has to be. */
export interface Described {
  readonly description?: string;
  readonly type?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const characters = (count: number): string => `${count} character${count === 1 ? '' : 's'}`;

/** What the check of a keyword has asked for. */
const askedFor: Readonly<Record<string, (node: Described) => string | undefined>> = {
  type: ({ type = '' }) => types[type],
  maxLength: ({ maxLength = 0 }) => `at most ${characters(maxLength)}`,
  minLength: ({ minLength = 0 }) => `at least ${characters(minLength)}`,
  maximum: ({ maximum = 0 }) => `at most ${maximum}`,
  minimum: ({ minimum = 0 }) => `at least ${minimum}`,
};

/**
 * The schema with a description that begins with what the check that failed has asked for: digits in a JSON number are
 * `18 to 20 digits`, too. A description with limits of its own tells of lengths what there is to tell.
 */
export function inFull<T extends Described>(keyword: string, node: T | undefined): T | undefined {
  const asked = node && askedFor[keyword]?.(node);
  if (!node || asked === undefined) return node;
  const { description = '' } = node;
  if (description.startsWith(asked) || (keyword !== 'type' && /\d/.test(description))) return node;
  return { ...node, description: description === '' ? asked : `${asked}: ${description}` };
}
