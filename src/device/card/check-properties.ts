import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { nearest } from '../../base/did-you-mean.js';
import type { Field } from './fields.js';
import { CardProperties, type CardProperty } from './properties.js';

/** A property that is wrong. */
export interface CardProblem {
  /** Name of the property, or empty for the whole value. */
  readonly property: string;
  /** Says what is wrong and which values are allowed. */
  readonly message: string;
}

/** Card properties are wrong. The message names the source, each wrong property, and its allowed values. */
export class CardPropertiesError extends Error {
  override readonly name = 'CardPropertiesError';

  constructor(
    /** The source of the properties, for example a file name. */
    readonly source: string,
    readonly problems: readonly CardProblem[],
  ) {
    super(
      problems
        .map(({ property, message }) => [source, property, message].filter(Boolean).join(': '))
        .join('\n'),
    );
  }
}

/** The properties in the order of the documentation, each with its meaning and its allowed values. */
export const cardFields: Readonly<Record<CardProperty, TSchema & Field>> = CardProperties.properties as never;

/**
 * Checks card properties from a file, an option or a request.
 *
 * @param source the source of the properties, for the error message
 * @throws CardPropertiesError, which names every wrong property and its allowed values
 */
export function checkCardProperties(value: unknown, source: string): CardProperties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = 'must be an object of card properties, for example { "svn": "2.2.0" }';
    throw new CardPropertiesError(source, [{ property: '', message }]);
  }
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const problems = entries.flatMap(([property, each]) => problemOf(property, each));
  const properties = Object.fromEntries(entries) as CardProperties;
  const all = problems.length > 0 ? problems : contradictions(properties);
  if (all.length > 0) throw new CardPropertiesError(source, all);
  return properties;
}

/** The problem of one property. Empty if its value is right. */
function problemOf(property: string, value: unknown): CardProblem[] {
  if (!Object.hasOwn(cardFields, property)) return [{ property, message: unknown(property) }];
  const field = cardFields[property as CardProperty];
  if (Value.Check(field, value)) return [];
  return [{ property, message: `${shown(value)} is not allowed. Allowed: ${field.allowed}` }];
}

function unknown(property: string): string {
  const names = Object.keys(cardFields);
  const meant = nearest(property, names);
  return `there is no such property. ${meant ? `Did you mean ${meant}?` : `Allowed: ${names.join(', ')}`}`;
}

function contradictions({ failAtElement, failReason, failStatus }: CardProperties): CardProblem[] {
  const lonely = failAtElement === undefined ? { failReason, failStatus } : {};
  return Object.entries(lonely)
    .filter(([, value]) => value !== undefined)
    .map(([property]) => ({ property, message: 'is allowed only with failAtElement, which is missing' }));
}

const mostShown = 60;

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `'${value}'`
      : typeof value === 'number'
        ? String(value)
        : (JSON.stringify(value) ?? String(value));
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}
