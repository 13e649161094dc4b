import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Static, TObject, TProperties } from 'typebox';
import { collect } from './help.js';
import { anyNumber, wholeNumber } from './numbers.js';
import { inCommands } from './profile/in-commands.js';

/** The part of a member's schema that an option needs. */
interface Member {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type?: string };
}

/** Exceptions for members whose options do not follow from the schema alone. */
export interface FlagExceptions {
  /** Members that get no option, because the command takes their values from elsewhere. */
  readonly leaveOut?: readonly string[];
  /** Checks a value before the request is sent. @throws InvalidArgumentError */
  readonly parsers?: Readonly<Record<string, (text: string) => string>>;
  /** Default values that the command sends for absent options. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** The schema of a request. */
interface RequestSchema {
  readonly properties: object;
  readonly required?: readonly string[] | undefined;
}

/**
 * Adds an option for each member of a request, except objects. The option has the member's name in kebab case, and the
 * description and values of its schema.
 */
export function memberFlags(
  command: Command,
  { properties, required = [] }: RequestSchema,
  { leaveOut = [], parsers = {}, defaults = {} }: FlagExceptions = {},
): Command {
  for (const [name, member] of Object.entries(properties as Record<string, Member>)) {
    const option = leaveOut.includes(name) ? undefined : optionFor(name, member);
    if (!option) continue;
    const parser = parsers[name];
    if (parser) option.argParser(parser);
    if (Object.hasOwn(defaults, name)) option.default(defaults[name]);
    command.addOption(option.makeOptionMandatory(required.includes(name) && !Object.hasOwn(defaults, name)));
  }
  return command;
}

/** Picks the members of a request from the options of a command. */
export const membersIn = <P extends TProperties>(
  flags: object,
  { properties }: TObject<P>,
): Static<TObject<P>> =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(properties, name))) as Static<
    TObject<P>
  >;

/**
 * Maximum number of allowed values that the command line checks. If a schema allows more values, the server checks the
 * value.
 */
const mostChoices = 5;

function optionFor(
  name: string,
  { type, description = '', enum: values, items }: Member,
): Option | undefined {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const value = words.split('-').at(-1)!;
  const option = (form: string): Option => new Option(`--${words}${form}`, inHelp(description));
  if (values && values.length <= mostChoices) return option(` <${value}>`).choices(values);
  if (values) return option(` <${value}>`);
  if (items?.type === 'object') return option(' <json>').argParser(collectJson);
  if (items) return option(` <${value}>`).argParser(collect);
  if (type === 'boolean') return option('');
  if (type === 'integer') return option(' <number>').argParser(wholeNumber);
  if (type === 'number') return option(' <number>').argParser(anyNumber);
  return type === 'string' ? option(` <${value}>`) : undefined;
}

/** Collects the values of a repeatable option, each an object in JSON. @throws InvalidArgumentError */
function collectJson(text: string, before: readonly object[] = []): readonly object[] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [...before, value];
  } catch {
    // The error below covers invalid JSON and JSON that is not an object.
  }
  throw new InvalidArgumentError(`It is not a JSON object. Write for example '{"httpStatus": 503}'.`);
}

/** Turns a schema description into help text: names commands instead of calls, removes `true:`, because the option has no value, and puts the default in brackets. */
const inHelp = (description: string): string =>
  inCommands(description)
    .replace(/^true(?: or false)?: /, '')
    .replace(/[;,] default: (?<value>.*)$/, ' (default: $<value>)');
