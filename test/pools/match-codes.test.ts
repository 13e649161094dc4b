import { expect, it } from 'vitest';
import { matchCodes } from '../../src/pools/match-codes.js';
import { openStore } from '../../src/store/index.js';
import { whenDone } from '../support/when-done.js';

it('finds a profile that another import makes between the look-ups by ICCID and by MatchingID', async () => {
  const store = await openStore(':memory:');
  whenDone(() => store.close());
  const given = { iccid: '8949449999000000001', matchingId: 'A-1', pool: 'p', profileType: 'generic' };
  const [made] = await store.createProfiles([{ ...given, state: 'Released', createdAt: 1 }]);
  const tooEarly = { ...store, profilesByIccid: () => Promise.resolve([]) };
  const code = { line: 2, iccid: given.iccid, matchingId: given.matchingId };
  expect(await matchCodes(tooEarly, 'p', [code], [])).toMatchObject({ fresh: [], present: [made] });
  await expect(matchCodes(tooEarly, 'q', [code], [])).rejects.toMatchObject({
    codes: [{ line: 2, field: 'iccid' }],
  });
});
