/** The number of Unicode characters of a text. `text.length` counts each character above U+FFFF twice. */
export const characterCount = (text: string): number => Array.from(text).length;

/** The first `most` characters of a text. Never splits a surrogate pair. */
export const firstCharacters = (text: string, most: number): string =>
  Array.from(text).slice(0, most).join('');

const halfPair = /\p{Surrogate}/u;

/** Whether a text has one half of a surrogate pair without the other. Such a text fits neither into UTF-8 nor into a URL. */
export const isBroken = (text: string): boolean => halfPair.test(text);

/** The error message for a text for which {@link isBroken} is true. */
export const brokenText =
  'a text has half of a surrogate pair (\\ud800 to \\udfff alone), which is not a Unicode character';
