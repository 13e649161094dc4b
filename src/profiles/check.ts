import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ProfileDataError } from './errors.js';

/**
 * A function that returns its argument when it has the shape of `schema`.
 *
 * It raises {@link ProfileDataError} with the path of the first field that has not, below `root`, and with that
 * field's description from the schema: the descriptions say what is allowed.
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

/** The description of the sub-schema that a JSON pointer into the value leads to. */
function describe(schema: unknown, path: readonly string[]): string | undefined {
  let at = schema as Record<string, unknown> | undefined;
  for (const step of path) {
    const properties = at?.properties as Record<string, Record<string, unknown>> | undefined;
    at = (properties ? properties[step] : at?.items) as Record<string, unknown> | undefined;
  }
  return at?.description as string | undefined;
}
