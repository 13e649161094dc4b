import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  cardFields,
  CardPropertiesError,
  checkCardProperties,
  readCardFile,
  type CardProperties,
  type CardProperty,
} from '../../device/index.js';
import { MisuseError } from '../errors.js';
import { fileToRead } from '../files.js';

/** Options that describe the card. */
export interface CardFlags {
  readonly card?: string;
  readonly set?: CardProperties;
}

/** Adds the options for card properties. */
export const cardFlags = (command: Command): Command =>
  command
    .option('--card <file>', 'YAML or JSON file with card properties', fileToRead)
    .addOption(
      new Option(
        '--set <property=value>',
        'a card property, for example svn=2.2.0; may be repeated; `device properties` lists them',
      ).argParser(assignment),
    );

/** The card properties in the file of `--card`. Properties of `--set` take precedence. @throws MisuseError */
export function cardOf({ card, set }: CardFlags): CardProperties {
  try {
    const properties = { ...(card !== undefined && readCardFile(card)), ...set };
    return checkCardProperties(properties, card ?? '--set');
  } catch (error) {
    if (!(error instanceof CardPropertiesError)) throw error;
    throw new MisuseError(error.message, { cause: error });
  }
}

/** Reads `property=value`. @throws InvalidArgumentError */
function assignment(text: string, before: CardProperties = {}): CardProperties {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write property=value, for example svn=2.2.0.');
  const property = text.slice(0, at);
  const value = text.slice(at + 1);
  const read = Object.hasOwn(cardFields, property) ? valueOf(property as CardProperty, value) : value;
  try {
    checkCardProperties({ [property]: read, ...companions(property) }, '');
  } catch (error) {
    if (!(error instanceof CardPropertiesError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
  return { ...before, [property]: read };
}

/**
 * Values for the other properties that a property requires, so that the property can be checked alone. Later, all
 * properties are checked together.
 */
const companions = (property: string): CardProperties =>
  property === 'failReason' || property === 'failStatus' ? { failAtElement: 1 } : {};

function valueOf(property: CardProperty, text: string): unknown {
  const { type } = cardFields[property] as { readonly type?: string };
  if (type === 'array') return text === '' ? [] : text.split(',').map((each) => numberOr(each.trim()));
  if (type === 'integer') return numberOr(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

const numberOr = (text: string): number | string => (/^\d{1,10}$/.test(text) ? Number(text) : text);
