import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasons, Refusal, subjects, type StatusCode } from '../../../src/wire/rsp/index.js';
import { hasShared, sharedPath } from '../../support/shared.js';

/** The subject/reason pairs of the table "Combinations in use". */
function pairsInUse(): StatusCode[] {
  const text = readFileSync(sharedPath('sgp22', 'status-codes.md'), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('3.')) ?? '';
  return [...section.matchAll(/^\| ([\d.]+) \| ([\d.]+) \|/gm)].map(
    ([, subject, reason]) => `${subject}/${reason}` as StatusCode,
  );
}

describe('a refusal', () => {
  it('carries subject and reason as they stand in its status', () => {
    const refusal = new Refusal('8.2.6/3.8', 'unknown MatchingID');
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).toMatchObject({
      name: 'Refusal',
      status: '8.2.6/3.8',
      subjectCode: '8.2.6',
      reasonCode: '3.8',
      message: 'unknown MatchingID',
    });
  });

  it('keeps the trailing zero of a code', () => {
    expect(new Refusal('8.8.5/4.10', '').reasonCode).toBe('4.10');
    expect(new Refusal('8.8/3.10', '').reasonCode).toBe('3.10');
    expect(new Refusal('8.2.10/4.2', '').subjectCode).toBe('8.2.10');
  });

  it('has a message of printable ASCII that fits into a buffer of 128 octets', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { message, shortMessage } = new Refusal('8.1/6.1', text);
        expect(message).toMatch(/^[ -~]*$/);
        expect(message).toHaveLength(text.length);
        expect(shortMessage).toMatch(/^[ -~]{0,120}$/);
        if (text.length <= 120) expect(shortMessage).toBe(message);
      }),
    );
    expect(new Refusal('8.1/6.1', 'x'.repeat(1000)).shortMessage).toBe(`${'x'.repeat(117)}...`);
    expect(new Refusal('8.1/6.1', 'Z\u00fcrich\n\u0000').message).toBe('Z?rich??');
  });

  const title = 'can express every pair of subject and reason that SGP.22 uses';
  it.skipIf(!hasShared)(
    hasShared ? title : `${title} (skipped: the table of status codes is not at hand)`,
    () => {
      const pairs = pairsInUse();
      expect(pairs.length).toBeGreaterThan(40);
      for (const pair of pairs) {
        const { subjectCode, reasonCode } = new Refusal(pair, '');
        expect(Object.keys(subjects)).toContain(subjectCode);
        expect(Object.keys(reasons)).toContain(reasonCode);
      }
    },
  );
});
