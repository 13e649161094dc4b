import { describe, expect, it } from 'vitest';
import { subscriberHeader } from '../../src/pools/list/subscriber-header.js';

describe('the headings of a list of codes with subscribers', () => {
  it('name the columns, in any spelling', () => {
    expect(subscriberHeader('ICCID,Matching ID,IMSI,Ki')?.columns).toEqual([
      'iccid',
      'matchingId',
      'imsi',
      'k',
    ]);
  });

  it.each([
    ['iccid2', /the heading 'iccid2' is not known; did you mean iccid\?/],
    ['eid', /the heading 'eid' is not known(?!; did you mean eid)/],
    ['imis', /the heading 'imis' is not known; did you mean imsi\?/],
  ])('do not include %s, and the error suggests only columns of such a list', (heading, message) => {
    expect(() => subscriberHeader(`iccid,matchingId,imsi,${heading}`)).toThrow(message);
  });
});
