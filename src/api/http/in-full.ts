/** The parts of a schema that describe the values it allows. */
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

/** For each schema keyword: the requirement in words. */
const askedFor: Readonly<Record<string, (node: Described) => string | undefined>> = {
  type: ({ type = '' }) => types[type],
  maxLength: ({ maxLength = 0 }) => `at most ${characters(maxLength)}`,
  minLength: ({ minLength = 0 }) => `at least ${characters(minLength)}`,
  maximum: ({ maximum = 0 }) => `at most ${maximum}`,
  minimum: ({ minimum = 0 }) => `at least ${minimum}`,
};

/**
 * Adds the failed requirement to the schema's description. For instance, `18 to 20 digits` becomes `a string: 18 to 20 digits`, because a
 * JSON number has digits too. If the description has numbers, only a type is added.
 */
export function inFull<T extends Described>(keyword: string, node: T | undefined): T | undefined {
  const asked = node && askedFor[keyword]?.(node);
  if (!node || asked === undefined) return node;
  const { description = '' } = node;
  if (description.startsWith(asked) || (keyword !== 'type' && /\d/.test(description))) return node;
  return { ...node, description: description === '' ? asked : `${asked}: ${description}` };
}
