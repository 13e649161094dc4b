/** Introduces an escaped character. A control character that hardly any text contains. */
const mark = '\x1a';
const ofNul = `${mark}0`;
const ofMark = `${mark}${mark}`;

/** `text` in a form that PostgreSQL can store: it accepts no NUL in text. {@link readableText} reverses it. */
export const storableText = (text: string): string =>
  text.includes('\0') || text.includes(mark) ? text.replaceAll(mark, ofMark).replaceAll('\0', ofNul) : text;

export const readableText = (stored: string): string =>
  stored.includes(mark)
    ? stored.replaceAll(new RegExp(`${mark}(.)`, 'g'), (_, escaped) => (escaped === '0' ? '\0' : mark))
    : stored;
