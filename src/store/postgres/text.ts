import { isBroken } from '../../base/characters.js';

/** Introduces an escaped character. It is a control character that hardly any text contains. */
const mark = '\x1a';
const ofNul = `${mark}0`;
const ofMark = `${mark}${mark}`;
/** SQLite stores this in place of half a surrogate pair. */
const replaced = '\ufffd\ufffd\ufffd';

/**
 * `text` in a form that PostgreSQL can store. PostgreSQL accepts neither NUL nor half of a surrogate pair. {@link readableText} restores
 * NULs. Halves of surrogate pairs are replaced, as in SQLite.
 */
export function storableText(text: string): string {
  const whole = isBroken(text) ? text.replaceAll(/\p{Surrogate}/gu, replaced) : text;
  return whole.includes('\0') || whole.includes(mark)
    ? whole.replaceAll(mark, ofMark).replaceAll('\0', ofNul)
    : whole;
}

export const readableText = (stored: string): string =>
  stored.includes(mark)
    ? stored.replaceAll(new RegExp(`${mark}(.)`, 'g'), (_, escaped) => (escaped === '0' ? '\0' : mark))
    : stored;
