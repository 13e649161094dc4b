import { isDict, type PlistDict, type PlistValue } from './value.js';

const head = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
`;

/** Writes an XML property list, as Apple's software does. */
export const writePlist = (value: PlistValue): string => `${head}${linesOf(value).join('\n')}\n</plist>\n`;

function linesOf(value: PlistValue): string[] {
  if (typeof value === 'string') return [`<string>${escaped(value)}</string>`];
  if (typeof value === 'number')
    return [Number.isInteger(value) ? `<integer>${value}</integer>` : `<real>${value}</real>`];
  if (typeof value === 'boolean') return [value ? '<true/>' : '<false/>'];
  if (value instanceof Date) return [`<date>${value.toISOString().replace(/\.\d+Z$/, 'Z')}</date>`];
  if (Buffer.isBuffer(value)) return [`<data>${value.toString('base64')}</data>`];
  if (isDict(value)) return dictLines(value);
  return container('array', value.flatMap(linesOf));
}

const dictLines = (dict: PlistDict): string[] =>
  container(
    'dict',
    [...dict].flatMap(([key, value]) => [`<key>${escaped(key)}</key>`, ...linesOf(value)]),
  );

const container = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [`<${name}/>`] : [`<${name}>`, ...lines.map((line) => `\t${line}`), `</${name}>`];

/** Escapes text. Characters that XML forbids become U+FFFD. */
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
