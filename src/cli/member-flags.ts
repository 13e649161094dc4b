import { Option, type Command } from 'commander';
import type { Static, TObject, TProperties } from 'typebox';
import { collect } from './help.js';
import { anyNumber, wholeNumber } from './numbers.js';

/** What is read of the schema of a member. */
interface Member {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: object;
}

/** Members whose options do not follow from the schema alone. */
export interface FlagExceptions {
  /** Members that are given in another way. */
  readonly leaveOut?: readonly string[];
  /** Checks a value before anything is sent. @throws InvalidArgumentError */
  readonly parsers?: Readonly<Record<string, (text: string) => string>>;
  /** Values of members for which no option is given. */
  readonly defaults?: Readonly<Record<string, string>>;
}

/** The schema of a request. */
interface RequestSchema {
  readonly properties: object;
  readonly required?: readonly string[] | undefined;
}

/**
 * Adds an option for each member of a request: its name in kebab case, with the description and the values that its schema has. Members
 * that are objects have none.
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

/** The members of a request among the options of a command. */
export const membersIn = <P extends TProperties>(
  flags: object,
  { properties }: TObject<P>,
): Static<TObject<P>> =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(properties, name))) as Static<
    TObject<P>
  >;

/** Longer lists of values are left to the server, which names everything that is wrong with a request. */
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
  if (items) return option(` <${value}>`).argParser(collect);
  if (type === 'boolean') return option('');
  if (type === 'integer') return option(' <number>').argParser(wholeNumber);
  if (type === 'number') return option(' <number>').argParser(anyNumber);
  return type === 'string' ? option(` <${value}>`) : undefined;
}

/** The schema says what `true` means; an option has no value then. Defaults stand in brackets, as those of other options. */
const inHelp = (description: string): string =>
  description
    .replace(/^true(?: or false)?: /, '')
    .replace(/[;,] default: (?<value>.*)$/, ' (default: $<value>)');
