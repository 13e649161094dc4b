import { expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/base/did-you-mean.js';

it.each([
  ['', '', 0],
  ['eid', 'eid', 0],
  ['imis', 'imsi', 1],
  ['iccd', 'iccid', 1],
  ['ca', 'abc', 3],
  ['kitten', 'sitting', 3],
])('counts the edits from %j to %j', (left, right, count) => {
  expect(editDistance(left, right)).toBe(count);
  expect(editDistance(right, left)).toBe(count);
});

it.each([
  ['imis', 'imsi'],
  ['edi', 'eid'],
  ['matchinId', 'matchingId'],
  ['conformationcode', 'confirmationCode'],
  ['name', undefined],
  ['foo', undefined],
  ['', undefined],
])('for %j suggests %j', (word, meant) => {
  expect(nearest(word, ['imsi', 'eid', 'amf', 'pool', 'k', 'op', 'matchingId', 'confirmationCode'])).toBe(
    meant,
  );
});
