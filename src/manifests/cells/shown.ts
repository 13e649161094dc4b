import { firstCharacters } from '../../base/characters.js';

/** What would not be seen, or would play tricks on a terminal. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A value as it is shown in a message: on one line, and not too long. */
export function shown(value: string, most = 48): string {
  const start = firstCharacters(value.slice(0, 2 * most + 2), most);
  return start.replace(unprintable, '?') + (start.length < value.length ? '…' : '');
}

/** Whether a text can be stored and shown as it is. */
export const isPrintable = (text: string): boolean => text.search(unprintable) === -1;
