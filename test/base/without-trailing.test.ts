import { expect, it } from 'vitest';
import { withoutTrailing } from '../../src/base/without-trailing.js';

it.each([
  ['', ''],
  ['FF', ''],
  ['8988F', '8988'],
  ['8988', '8988'],
  ['F8F8', 'F8F8'],
])('%j without the F at its end is %j', (text, expected) => {
  expect(withoutTrailing(text, 'F')).toBe(expected);
});

it('takes any of several characters away', () => {
  expect(withoutTrailing('a\r\n\n\r', '\r\n')).toBe('a');
});
