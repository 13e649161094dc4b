/** Control characters and text-direction marks, which could manipulate a terminal. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Makes a text safe to print on one line of a terminal. */
export const printable = (text: string): string => text.replace(unprintable, '?');
