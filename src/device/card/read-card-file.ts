import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { yamlMistake } from '../../base/yaml-problem.js';
import { CardPropertiesError, cardFields, checkCardProperties } from './check-properties.js';
import type { CardProperties, CardProperty } from './properties.js';

/** Loads the YAML reader on first use, because most processes read no card file. */
const yaml = (): typeof Yaml => createRequire(import.meta.url)('yaml') as typeof Yaml;

/** Longest file in octets. Card files are far shorter. */
const mostOctets = 1024 * 1024;

/**
 * Reads card properties from a YAML or JSON file.
 *
 * @throws CardPropertiesError, which names the file, the line, each wrong property and its allowed values
 */
export function readCardFile(path: string): CardProperties {
  return parseCard(textOf(path), path);
}

/**
 * Reads card properties from YAML or JSON.
 *
 * @param source the source of the text, for the error message
 * @throws CardPropertiesError
 */
export function parseCard(text: string, source: string): CardProperties {
  const { LineCounter, parseDocument } = yaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, intAsBigInt: true, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const { message, remedy } = yamlMistake(error);
    const place = `line ${line}, column ${col}`;
    throw new CardPropertiesError(source, [
      { property: place, message: `this is neither YAML nor JSON: ${message}; ${remedy}` },
    ]);
  }
  const value = plainValue(document, source);
  try {
    return checkCardProperties(value ?? {}, source);
  } catch (refusal) {
    if (!(refusal instanceof CardPropertiesError)) throw refusal;
    const problems = refusal.problems.map(({ property, message }) => {
      const line = lineOf(document, property, lineCounter);
      return { property: line === undefined ? property : `line ${line}: ${property}`, message };
    });
    throw new CardPropertiesError(source, problems);
  }
}

function textOf(path: string): string {
  try {
    const octets = readFileSync(path);
    if (octets.length > mostOctets) throw new Error('it is longer than 1 MiB');
    return octets.toString('utf8');
  } catch (error) {
    throw wholeFile(path, `cannot be read: ${(error as Error).message}`);
  }
}

const wholeFile = (source: string, message: string): CardPropertiesError =>
  new CardPropertiesError(source, [{ property: '', message }]);

function plainValue(document: Yaml.Document, source: string): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw wholeFile(source, (error as Error).message);
  }
  return withoutBigInts('', value);
}

/** Turns a number without quotes into text if the property is a text. Otherwise an EID would lose digits. */
function withoutBigInts(property: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutBigInts('', each));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, withoutBigInts(name, each)]),
    );
  if (typeof value !== 'bigint') return value;
  return isText(property) ? String(value) : Number(value);
}

const isText = (property: string): boolean =>
  Object.hasOwn(cardFields, property) &&
  (cardFields[property as CardProperty] as { readonly type?: string }).type === 'string';

function lineOf(document: Yaml.Document, property: string, lines: Yaml.LineCounter): number | undefined {
  const { contents } = document as { contents?: { items?: readonly { key?: YamlKey }[] } };
  const key = contents?.items?.find((item) => item.key?.value === property)?.key;
  return key?.range && lines.linePos(key.range[0]).line;
}

interface YamlKey {
  readonly value?: unknown;
  readonly range?: readonly [number, ...number[]];
}
