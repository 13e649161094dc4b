import { firstCharacters } from '../../base/characters.js';

/** Invisible characters, and control characters that a terminal would interpret. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Shortens a value for a message and keeps it on one line. */
export function shown(value: string, most = 48): string {
  const start = firstCharacters(value.slice(0, 2 * most + 2), most);
  return start.replace(unprintable, '?') + (start.length < value.length ? '…' : '');
}

/** Whether a text has only printable characters. */
export const isPrintable = (text: string): boolean => text.search(unprintable) === -1;
