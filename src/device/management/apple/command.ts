import { isDict, readPlist, type PlistDict, type PlistValue } from './plist/index.js';

/** A command of an MDM server. */
export interface MdmCommand {
  readonly uuid: string;
  readonly requestType: string;
  /** The dictionary `Command`. */
  readonly parameters: PlistDict;
}

/** The property list is not a command of Apple's MDM protocol. The device answers CommandFormatError. */
export class CommandFormatError extends Error {
  override readonly name = 'CommandFormatError';

  constructor(
    message: string,
    /** The command's CommandUUID, if it is readable. */
    readonly uuid?: string | undefined,
  ) {
    super(message);
  }
}

/**
 * Reads a command.
 *
 * @returns `undefined` for an empty text: the server has no command for the device
 * @throws PlistError, CommandFormatError
 */
export function readCommand(text: string): MdmCommand | undefined {
  if (text.trim() === '') return undefined;
  const value = readPlist(text);
  if (!isDict(value)) throw new CommandFormatError('the property list is not a dictionary');
  const uuid = value.get('CommandUUID');
  const known = typeof uuid === 'string' ? uuid : undefined;
  const parameters = value.get('Command');
  if (!isDict(parameters))
    throw new CommandFormatError("'Command' is missing, or is not a dictionary", known);
  const requestType = parameters.get('RequestType');
  if (typeof requestType !== 'string')
    throw new CommandFormatError("'Command.RequestType' is missing, or is not a string", known);
  if (known === undefined) throw new CommandFormatError("'CommandUUID' is missing, or is not a string");
  return { uuid: known, requestType, parameters };
}

/** @throws CommandFormatError if the value is present, but is not a boolean */
export function booleanIn({ uuid, parameters }: MdmCommand, key: string): boolean {
  const value: PlistValue | undefined = parameters.get(key);
  if (value !== undefined && typeof value !== 'boolean')
    throw new CommandFormatError(`'Command.${key}' is not a boolean`, uuid);
  return value ?? false;
}
