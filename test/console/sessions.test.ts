import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/console/pages/sessions/differences.js';
import { fieldNames, hexLines, parseTlvs } from '../../src/console/pages/sessions/der/tlv.js';

describe('the tree of octets', () => {
  const octets = Uint8Array.from(Buffer.from('bf380730050201058001ff', 'hex'));

  it('has each TLV with its children', () => {
    const [outer] = parseTlvs(octets);
    expect(outer).toMatchObject({ tag: 'BF38', start: 0, valueStart: 3 });
    expect(outer!.children.map(({ tag, start, end }) => [tag, start, end])).toEqual([['30', 3, 10]]);
  });

  it('takes the names of the decoded fields, and none where they do not fit', () => {
    const nodes = parseTlvs(Uint8Array.from(Buffer.from('0201058001ff', 'hex')));
    expect([...fieldNames(nodes, { number: 5, flag: true }).values()]).toEqual(['number', 'flag']);
    expect([...fieldNames(nodes, { choice: { number: 5, flag: true } }).values()]).toEqual([
      'number',
      'flag',
    ]);
    expect(fieldNames(nodes, { one: 1, two: 2, three: 3 }).size).toBe(0);
  });

  it('ends where the octets are no TLV', () => {
    for (const text of ['', '00', '30', '3080', '30820001', '1f', '3003', '30840fffffff00', '9f8181818100'])
      expect(() => parseTlvs(Uint8Array.from(Buffer.from(text, 'hex')))).not.toThrow();
    const deep = Uint8Array.from(Buffer.from('3000'.repeat(5_000), 'hex'));
    expect(parseTlvs(deep).length).toBeLessThan(2_100);
  });

  it('writes three characters for each octet', () => {
    expect(hexLines(new Uint8Array(18))).toBe(`${'00 '.repeat(15)}00\n00 00 `);
  });
});

describe('the differences of two exchanges', () => {
  it('are fields, checks and results', () => {
    const one = {
      result: 'a',
      checks: [],
      answer: { status: 200, headers: {}, decoded: { x: [1, { y: 2 }] } },
    };
    const other = { ...one, result: 'b', answer: { ...one.answer, decoded: { x: [1, { y: 3 }], z: null } } };
    expect(differencesOf(one as never, other as never)).toEqual([
      { path: 'result', first: 'a', second: 'b' },
      { path: 'answer.x[1].y', first: '2', second: '3' },
    ]);
  });
});
