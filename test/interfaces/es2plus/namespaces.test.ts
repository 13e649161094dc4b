import { expect, it } from 'vitest';
import { inNamespace } from '../../../src/store/index.js';
import { answerIn, newIccid, operator, startOperatorSide, success } from './support.js';

const side = await startOperatorSide();
const { store } = side;
const one = inNamespace(store, 'one');

/** Calls a function in a namespace. */
const askIn = async (namespace: string, name: string, body: object, id = 'call') => {
  const header = { functionRequesterIdentifier: operator, functionCallIdentifier: id };
  return answerIn(
    await side.send(name, JSON.stringify({ header, ...body }), { 'x-mock-namespace': namespace }),
  );
};

it('profiles are ordered, confirmed and released in the namespace that the caller names', async () => {
  const iccid = newIccid();
  for (const namespace of ['one', 'other']) await side.stock({ iccid, namespace });
  for (const [name, more] of [
    ['downloadOrder', {}],
    ['confirmOrder', { releaseFlag: false }],
    ['releaseProfile', {}],
  ] as const)
    expect((await askIn('One', name, { iccid, ...more })).status).toBe(success);
  expect((await one.profilesByIccid(iccid))[0]).toMatchObject({ state: 'Released', operator });
  expect((await inNamespace(store, 'other').profilesByIccid(iccid))[0]?.state).toBe('Available');
});

it('the same call counts once in each namespace', async () => {
  const iccid = newIccid();
  for (const namespace of ['one', 'other']) await side.stock({ iccid, namespace });
  for (const namespace of ['one', 'other', 'one'])
    expect(await askIn(namespace, 'downloadOrder', { iccid }, 'same')).toEqual({
      status: success,
      members: { iccid },
    });
  expect((await store.profilesByIccid(iccid)).map(({ state }) => state)).toEqual(['Allocated', 'Allocated']);
});

it('an order by type stays in the namespace, and takes no stock of another one', async () => {
  await side.stock({ namespace: 'other' });
  const nobodys = await side.stock();
  const { members } = await askIn('one', 'downloadOrder', { profileType: 'generic' }, 'by type');
  expect(await side.byIccid(members['iccid']!)).toMatchObject({ namespace: 'one', state: 'Allocated' });
  const outside = await side.ask('downloadOrder', { profileType: 'generic' });
  expect(outside.members['iccid']).toBe(nobodys.iccid);
});

it('a profile of another namespace is not known', async () => {
  const { iccid } = await side.stock({ namespace: 'other' });
  expect((await askIn('one', 'downloadOrder', { iccid })).status).toBe('8.2.1/3.9');
});

it('a MatchingID is in use, wherever that is', async () => {
  const iccid = newIccid();
  await side.stock({ namespace: 'other', state: 'Released', matchingId: 'TAKEN-1' });
  await side.stock({ iccid, namespace: 'one' });
  await askIn('one', 'downloadOrder', { iccid });
  const answer = await askIn('one', 'confirmOrder', { iccid, matchingId: 'TAKEN-1', releaseFlag: true });
  expect(answer.status).toBe('8.2.6/3.3');
});

it('without a namespace, a profile outside all namespaces comes first, then any', async () => {
  const iccid = newIccid();
  await side.stock({ iccid, namespace: 'one' });
  const nobodys = await side.stock({ iccid });
  await side.stock({ iccid, namespace: 'other' });
  expect((await side.ask('downloadOrder', { iccid })).status).toBe(success);
  expect((await store.profile(nobodys.id))?.state).toBe('Allocated');
  expect((await side.ask('downloadOrder', { iccid })).status).toBe(success);
  expect((await one.profilesByIccid(iccid))[0]?.state).toBe('Available');
  const alone = await side.stock({ namespace: 'one' });
  expect((await side.ask('downloadOrder', { iccid: alone.iccid })).status).toBe(success);
});

it('an invalid namespace is refused with a status code', async () => {
  expect((await askIn('no_name', 'releaseProfile', { iccid: newIccid() })).status).toBe('1.3.1/2.1');
});
