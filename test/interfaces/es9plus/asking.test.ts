import { describe, expect, it } from 'vitest';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';
import { success } from './support/exchange.js';
import { expectRefusal } from './support/trace.js';

const smdp = await startTestSmdp();

/** Two devices that have asked for the same one-time code. */
async function twoThatAsked(confirmationCode?: string) {
  const profile = await smdp.prepare(confirmationCode === undefined ? {} : { confirmationCode });
  const { matchingId } = profile;
  const ask = () => Conversation.authenticated(smdp, { matchingId, confirmationCode });
  return { profile, one: await ask(), other: await ask() };
}

describe('a one-time code for which two devices have asked', () => {
  it.each(['one', 'other'] as const)('goes to %s, which is served first', async (winner) => {
    const { profile, ...both } = await twoThatAsked();
    const loser = winner === 'one' ? 'other' : 'one';
    expect((await both[winner].bind()).status).toBe(success);
    const { eid } = both[winner].device;
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Downloaded', eid });
    await expectRefusal(smdp, profile, '8.2/3.7', () => both[loser].bind());
    await both[winner].device.download({ smdpAddress: smdp.address, matchingId: profile.matchingId! });
    await expectRefusal(smdp, profile, '8.2/3.7', () => both[loser].bind());
  });

  it('goes to the second where the first goes away, or its user says later', async () => {
    const { profile, one, other } = await twoThatAsked();
    expect((await one.cancel('postponed')).status).toBe(success);
    expect((await other.bind()).status).toBe(success);
    expect(await smdp.profile(profile)).toMatchObject({ state: 'Downloaded', eid: other.device.eid });
  });

  it('is not ended by the later device', async () => {
    const { profile, one, other } = await twoThatAsked();
    await one.bind();
    const before = await smdp.profile(profile);
    expect((await other.cancel('endUserRejection')).status).toBe(success);
    expect(await smdp.profile(profile)).toEqual(before);
    expect(await smdp.history(profile)).toHaveLength(1);
  });

  it('keeps its confirmation code attempts when the later device guesses', async () => {
    const { profile, one, other } = await twoThatAsked('1234');
    expect((await one.bindWithCode('4321')).status).toBe('8.2.7/3.8');
    expect(await smdp.profile(profile)).toMatchObject({ eid: null, confirmationCodeAttemptsLeft: 4 });
    expect((await one.bind()).status).toBe(success);
    expect((await other.bindWithCode('4321')).status).toBe('8.2/3.7');
    expect((await smdp.profile(profile)).confirmationCodeAttemptsLeft).toBe(4);
  });
});
