import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';
import { nearest } from '../../base/did-you-mean.js';
import { inFull, type Described } from './in-full.js';
import { Problem, type FieldProblem } from './problem.js';

/** Maximum number of problems in an answer. */
const mostProblems = 20;
/**
 * Maximum number of errors of the validator, which reports two errors for each unknown member. Its default of 8 would
 * hide unknown members.
 */
Settings.Set({ maxErrors: 10 * mostProblems });

interface SchemaNode extends Described {
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/**
 * Compiles the validator of one part of a request. The validator converts query strings and path parameters to the types of the schema, but
 * never bodies. Its error is a {@link Problem} that names every wrong member. The texts of the problems come from the descriptions in the
 * schema.
 */
export function compileValidator({ schema, httpPart }: { schema: unknown; httpPart?: string }) {
  const root = schema as TSchema & SchemaNode;
  let compiled: Validator | undefined;
  return (given: unknown): { value: unknown } | { error: Error } => {
    // Compiles on first use, because most servers in a test suite receive only a few kinds of calls.
    const validator = (compiled ??= Compile(root));
    const value = httpPart === 'body' ? given : converted(root, given);
    if (validator.Check(value)) return { value };
    const unknown = unknownMembers(root, value);
    const problems =
      unknown.length > mostProblems
        ? unknown.slice(0, mostProblems)
        : problemsOf(root, value, validator.Errors(value)).slice(0, mostProblems);
    const errors = (problems.length > 0 ? problems : [notUnderstood]).map(
      httpPart === 'body' ? asItIs : ofQuery,
    );
    const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return { error: new Problem(400, detail, errors) };
  };
}

/**
 * Converts the members of a query or a path to the types of the schema. A whole number must be written in digits: TypeBox alone would cut
 * 1.5 to 1.
 */
function converted(root: TSchema & SchemaNode, given: unknown): unknown {
  const texts = { ...(given as Readonly<Record<string, unknown>>) };
  const value = Value.Convert(root, given) as Record<string, unknown>;
  for (const [name, { type }] of Object.entries(root.properties ?? {})) {
    const text = texts[name];
    if (type === 'integer' && typeof text === 'string' && !/^-?\d+$/.test(text)) value[name] = text;
  }
  return value;
}

const notUnderstood: FieldProblem = {
  field: 'body',
  message: 'has more unknown members than an answer can name',
};

/** Unknown members at the top level of the value: at most one more than an answer can name. */
function unknownMembers(
  { additionalProperties, properties = {} }: SchemaNode,
  value: unknown,
): FieldProblem[] {
  if (additionalProperties !== false || typeof value !== 'object' || value === null || Array.isArray(value))
    return [];
  const known = Object.keys(properties);
  const unknown: FieldProblem[] = [];
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(properties, name)) unknown.push(notKnown(name, name, known));
    if (unknown.length > mostProblems) break;
  }
  return unknown;
}

const notKnown = (field: string, name: string, known: readonly string[]): FieldProblem => ({
  field,
  message: 'is not known',
  remedy: remedyFor(name, known),
});

const asItIs = (problem: FieldProblem): FieldProblem => problem;

/** Removes the list index from the path of a query member, because the client may have given a single value instead of a list. */
const ofQuery = ({ field, ...problem }: FieldProblem): FieldProblem => ({
  field: field.replace(/\.\d+$/, ''),
  ...problem,
});

function problemsOf(root: SchemaNode, value: unknown, errors: readonly SchemaError[]): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const error of errors) {
    // For an unknown member, the validator also reports this error, which does not say what is wrong.
    if (error.message === 'schema is false') continue;
    for (const problem of problemOf(root, value, error)) {
      if (!problems.has(problem.field)) problems.set(problem.field, problem);
    }
  }
  return [...problems.values()];
}

function problemOf(
  root: SchemaNode,
  value: unknown,
  { keyword, instancePath, params, message }: SchemaError,
): FieldProblem[] {
  const path = instancePath.split('/').slice(1);
  const node = inFull(keyword, nodeAt(root, path));
  if (keyword === 'additionalProperties') {
    const known = Object.keys(node?.properties ?? {});
    return (params as { additionalProperties: string[] }).additionalProperties.map((name) =>
      notKnown([...path, name].join('.'), name, known),
    );
  }
  if (keyword === 'required') {
    return (params as { requiredProperties: string[] }).requiredProperties.map((name) => ({
      field: [...path, name].join('.'),
      message: 'is missing',
    }));
  }
  const wanted = node?.description;
  const problem = { field: path.join('.') || 'body', message: wanted ? `must be ${wanted}` : message };
  const meant = keyword === 'enum' ? meantBy(valueAt(value, path), params) : undefined;
  return [meant === undefined ? problem : { ...problem, remedy: `did you mean ${meant}?` }];
}

/** The allowed value that the caller probably meant. */
function meantBy(given: unknown, params: object): string | undefined {
  const { allowedValues } = params as { allowedValues: readonly unknown[] };
  const words = allowedValues.filter((word): word is string => typeof word === 'string');
  return typeof given === 'string' ? nearest(given, words) : undefined;
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((within, step) => (within as Record<string, unknown> | undefined)?.[step], value);

function remedyFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant ? `did you mean ${meant}?` : `known members: ${known.join(', ') || 'none'}`;
}

/** Finds the part of the schema for a path into the value. */
function nodeAt(root: SchemaNode, path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) node = node?.properties?.[step] ?? node?.items;
  return node;
}
