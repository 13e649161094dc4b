import { expect, it } from 'vitest';
import { outcomeOf, smdpAddress, startWatchedServer } from './support.js';

const server = await startWatchedServer();

/** The message about a refused download. */
async function nearestTo(matchingId: string | undefined, device = server.device()) {
  await outcomeOf(device.download({ smdpAddress, matchingId }));
  const steps = await server.exchanges(`function=authenticateClient&eid=${device.eid}`);
  return (await server.exchange(`function=authenticateClient&since=${steps.at(-1)!.id - 1}`)).nearest;
}

it('says that the order is for another EID', async () => {
  const eid = '89049032123451234512345678901235';
  const { iccid, matchingId } = await server.prepare({ eid });
  expect(await nearestTo(matchingId)).toEqual({
    why: 'MatchingID found, EID differs, state Released: profile is linked to another EID',
    orders: [{ iccid, matchingId, eid, state: 'Released' }],
  });
});

it('says in which state the order was at that time', async () => {
  const { iccid, matchingId } = await server.prepare({ state: 'Confirmed' });
  const nearest = await nearestTo(matchingId);
  expect(nearest?.why).toMatch(/^MatchingID found, EID free, state Confirmed: /);
  await server.call('POST', `/profiles/${iccid}/release`);
  const steps = await server.exchanges(`iccid=${iccid}&function=authenticateClient`);
  expect((await server.exchange(`since=${steps[0]!.id - 1}&iccid=${iccid}`)).nearest).toEqual(nearest);
});

it.each([
  ['in lower case', 'near1-aaaaa'],
  ['with a character left out', 'NEAR1-AAAA'],
  ['with two characters exchanged', 'NERA1-AAAAA'],
])('names the MatchingID that was meant by one %s', async (_slip, matchingId) => {
  await server.call('POST', '/profiles', { matchingId: 'NEAR1-AAAAA' });
  const nearest = await nearestTo(matchingId);
  expect(nearest?.why).toBe('MatchingID not found; similar: NEAR1-AAAAA (Released)');
  expect(nearest?.orders).toMatchObject([{ matchingId: 'NEAR1-AAAAA', state: 'Released' }]);
});

it('says that no MatchingID is similar', async () => {
  expect(await nearestTo('QQQQQQQQQQQQQQQQQQQQ')).toEqual({
    why: 'MatchingID not found, and no similar one exists',
    orders: [],
  });
});

it('finds one slip among more orders than can be compared one by one', async () => {
  const many = await startWatchedServer();
  const codes = Array.from({ length: 1001 }, (_, index) => ({
    iccid: `89${String(index).padStart(16, '0')}`,
    profileType: 'generic',
    state: 'Released' as const,
    createdAt: 0,
    matchingId: `MANY-${String(index).padStart(5, '0')}-${'X'.repeat(5)}`,
  }));
  await many.store.createProfiles(codes);
  const device = many.device();
  await outcomeOf(device.download({ smdpAddress, matchingId: 'MANY-00777-XXYXX' }));
  const { nearest } = await many.exchange('function=authenticateClient');
  expect(nearest?.orders).toMatchObject([{ matchingId: 'MANY-00777-XXXXX' }]);
});

it('names an order that needs a MatchingID to a device that sends none', async () => {
  const device = server.device();
  const { matchingId } = await server.prepare({ eid: device.eid });
  expect((await nearestTo(undefined, device))?.why).toBe(
    `nothing can be downloaded by this EID alone; the EID has an order with the MatchingID ${matchingId} (Released)`,
  );
  expect((await nearestTo(undefined))?.why).toBe('no profile is for this EID');
});
