/** Controls and marks of direction, with which a text from elsewhere could play tricks on a terminal. */
// eslint-disable-next-line no-control-regex
const unprintable = /[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text on one line, fit for a terminal. */
export const printable = (text: string): string => text.replace(unprintable, '?');
