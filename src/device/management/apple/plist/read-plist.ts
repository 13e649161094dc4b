import { SaxesParser } from 'saxes';
import { PlistError } from './errors.js';
import { PlistReader } from './reader.js';
import type { PlistValue } from './value.js';

/** Limits for property lists. Commands of MDM servers are far smaller. */
export const plistLimits = { octets: 256 * 1024, depth: 32, elements: 5_000 } as const;

/**
 * Reads an XML property list. Refuses a document type that contains declarations. A property list can therefore use
 * only the five predefined entities of XML. Never loads another file.
 *
 * @throws PlistError if the text is not well-formed, is not a property list, or exceeds {@link plistLimits}
 */
export function readPlist(text: string): PlistValue {
  if (Buffer.byteLength(text) > plistLimits.octets)
    throw new PlistError(`the property list has more than ${plistLimits.octets} octets`, 1, 1);
  const parser = new SaxesParser({ position: true });
  const fail = (reason: string): never => {
    throw new PlistError(reason, parser.line, parser.columnIndex + 1);
  };
  const reader = new PlistReader(fail);
  let [depth, count] = [0, 0];
  parser.on('doctype', (type) => {
    if (type.includes('[')) fail('the document type has declarations; remove the part in brackets');
  });
  parser.on('error', ({ message }) => fail(message.replace(/^\d+:\d+: /, '')));
  parser.on('opentag', ({ name }) => {
    if (++count > plistLimits.elements) fail(`there are more than ${plistLimits.elements} elements`);
    if (++depth > plistLimits.depth) fail(`elements are nested more than ${plistLimits.depth} deep`);
    reader.open(name);
  });
  parser.on('closetag', () => {
    depth--;
    reader.close();
  });
  parser.on('text', (some) => reader.text(some));
  parser.on('cdata', (some) => reader.text(some));
  parser.write(text).close();
  return reader.value ?? fail('the document has no value');
}
