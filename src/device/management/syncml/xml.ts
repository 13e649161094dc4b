import { SaxesParser } from 'saxes';
import { SyncMlError } from './errors.js';

/** An element of an XML document. Attributes other than namespaces are dropped, because SyncML has none. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  /** URI of the namespace. Empty if the element is in no namespace. */
  readonly namespace: string;
  readonly children: readonly XmlElement[];
  /** The text directly in the element. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Limits for documents. Documents of MDM servers are far smaller. */
export const xmlLimits = { octets: 256 * 1024, depth: 32, elements: 5_000 } as const;

interface Growing extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses a document of elements and text. Refuses a document type declaration. A document can then neither define its
 * own entities nor refer to other files.
 *
 * @throws SyncMlError if the document is not well-formed, has a document type, or exceeds {@link xmlLimits}
 */
export function parseXml(text: string): XmlElement {
  if (Buffer.byteLength(text) > xmlLimits.octets)
    throw new SyncMlError(`the document has more than ${xmlLimits.octets} octets`, 1, 1);
  const parser = new SaxesParser<{ xmlns: true; position: true }>({ xmlns: true, position: true });
  const fail = (message: string): never => {
    throw new SyncMlError(message, parser.line, parser.columnIndex + 1);
  };
  const open: Growing[] = [];
  let root: Growing | undefined;
  let count = 0;
  parser.on('doctype', () => fail('a document type declaration (DOCTYPE) is not allowed; remove it'));
  parser.on('error', ({ message }) => fail(withoutPosition(message)));
  parser.on('opentag', ({ local, uri }) => {
    count += 1;
    if (count > xmlLimits.elements) fail(`the document has more than ${xmlLimits.elements} elements`);
    if (open.length === xmlLimits.depth) fail(`elements are nested more than ${xmlLimits.depth} deep`);
    const element = {
      ...{ name: local, namespace: uri, children: [], text: '' },
      ...{ line: parser.line, column: parser.columnIndex + 1 },
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const add = (some: string): void => {
    const element = open.at(-1);
    if (element) element.text += some;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return root ?? fail('the document has no element');
}

const withoutPosition = (message: string): string => message.replace(/^\d+:\d+: /, '');

/** Escapes text for an element. Characters that XML forbids become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
