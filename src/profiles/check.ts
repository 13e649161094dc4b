import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ProfileDataError } from './errors.js';

/**
 * Creates a function that returns its argument if it matches `schema`.
 *
 * Otherwise the function throws {@link ProfileDataError} with the path of the first invalid field, which begins with `root`. The message
 * contains the description of that field in the schema.
 */
export function checker<const S extends TSchema>(root: string, schema: S): (value: unknown) => Static<S> {
  const validator = Compile(schema);
  return (value) => {
    if (!validator.Check(value)) throw firstProblem(root, schema, validator.Errors(value));
    return value;
  };
}

interface Problem {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

function firstProblem(root: string, schema: unknown, problems: readonly Problem[]): ProfileDataError {
  const unknown = problems.find(({ keyword }) => keyword === 'additionalProperties');
  if (unknown) {
    const [name] = (unknown.params as { additionalProperties: string[] }).additionalProperties;
    return new ProfileDataError(fieldName(root, `${unknown.instancePath}/${name}`), 'is not known');
  }
  const { instancePath, message } = problems[0] ?? { instancePath: '', message: 'is malformed' };
  const wanted = describe(schema, instancePath.split('/').slice(1));
  return new ProfileDataError(fieldName(root, instancePath), wanted ? `must be ${wanted}` : message);
}

const fieldName = (root: string, pointer: string): string => root + pointer.replaceAll('/', '.');

/** The description of the sub-schema at a JSON pointer. */
function describe(schema: unknown, path: readonly string[]): string | undefined {
  let at = schema as Record<string, unknown> | undefined;
  for (const step of path) {
    const properties = at?.properties as Record<string, Record<string, unknown>> | undefined;
    at = (properties ? properties[step] : at?.items) as Record<string, unknown> | undefined;
  }
  return at?.description as string | undefined;
}
