import { describe, expect, it } from 'vitest';
import { SeenValues } from '../../src/manifests/seen-values.js';
import { eid } from './support/files.js';

describe('the values seen so far', () => {
  it('tell on which line a value was first, and only of values that were there', () => {
    const seen = new SeenValues();
    const count = 200_000;
    for (let number = 1; number <= count; number++) expect(seen.firstLine(eid(number), number)).toBe(0);
    for (let number = 1; number <= count; number++) {
      if (seen.firstLine(eid(number), count + number) !== number) expect.fail(`line ${number} is forgotten`);
    }
  }, 60_000);

  it('tell values of different lengths apart', () => {
    const seen = new SeenValues();
    const values = ['', 'A', 'AA', 'AAA', 'AAAA', 'AAAAA', '\0', 'A\0', 'AAAA\0', '0', '00'];
    expect(values.map((value, index) => seen.firstLine(value, index + 1))).toEqual(values.map(() => 0));
  });
});
