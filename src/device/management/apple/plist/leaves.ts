import type { PlistValue } from './value.js';

/** The elements of a property list that contain no other elements. */
export const leaves: ReadonlySet<string> = new Set([
  ...['string', 'integer', 'real', 'true', 'false', 'date', 'data'],
]);

/** The value of an element with this name and text. `undefined` if the text is not a valid value. */
export function leafValue(name: string, text: string): PlistValue | undefined {
  switch (name) {
    case 'string':
      return text;
    case 'integer':
      return integer(text.trim());
    case 'real':
      return /^[-+]?\d{1,32}(\.\d{0,32})?([eE][-+]?\d{1,3})?$/.test(text.trim()) ? Number(text) : undefined;
    case 'date':
      return date(text.trim());
    case 'data':
      return data(text.replace(/\s/g, ''));
    default:
      return text.trim() === '' ? name === 'true' : undefined;
  }
}

function integer(text: string): number | undefined {
  const value = /^[-+]?(\d{1,20}|0x[0-9a-fA-F]{1,16})$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

function date(text: string): Date | undefined {
  const value = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? new Date(text) : undefined;
  return value && !Number.isNaN(value.getTime()) ? value : undefined;
}

function data(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
    ? Buffer.from(text, 'base64')
    : undefined;
}
