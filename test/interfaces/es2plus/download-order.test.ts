import { beforeAll, describe, expect, it } from 'vitest';
import { eid, newIccid, operator, otherOperator, startOperatorSide, type OperatorSide } from './support.js';

let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide();
});

const refusal = async (body: object, as = operator) => (await smdp.ask('downloadOrder', body, { as })).status;

describe('downloadOrder by ICCID', () => {
  it("allocates an Available profile, and makes it the operator's", async () => {
    const { iccid, id } = await smdp.stock();
    expect(await smdp.done('downloadOrder', { iccid }, { id: 'FCI-1' })).toEqual({ iccid });
    const { profile, history } = await smdp.trace(iccid);
    expect(profile).toMatchObject({ id, state: 'Allocated', operator, eid: null, matchingId: null });
    expect(history).toEqual([
      {
        ...{ at: profile.updatedAt, trigger: 'downloadOrder', functionCallIdentifier: 'FCI-1' },
        ...{ from: 'Available', to: 'Allocated' },
      },
    ]);
  });

  it('links it to the EID that is given', async () => {
    const { iccid } = await smdp.stock();
    await smdp.done('downloadOrder', { iccid, eid });
    const { profile, history } = await smdp.trace(iccid);
    expect(profile).toMatchObject({ state: 'Linked', eid });
    expect(history).toMatchObject([{ from: 'Available', to: 'Linked', eid }]);
  });

  it("accepts the profile type too if it is the profile's", async () => {
    const { iccid } = await smdp.stock();
    await smdp.done('downloadOrder', { iccid, profileType: 'generic' });
    expect((await smdp.byIccid(iccid)).state).toBe('Allocated');
  });

  it.each(['F', 'f'])('finds 19 digits padded with %s, and answers them as they came', async (padding) => {
    const { iccid } = await smdp.stock();
    expect(await smdp.done('downloadOrder', { iccid: iccid + padding })).toEqual({ iccid: iccid + padding });
    expect((await smdp.byIccid(iccid)).state).toBe('Allocated');
  });

  it('finds the profile whose ICCID has hex digits, and no other', async () => {
    const { iccid } = await smdp.stock({ iccid: '890010100000000ABCD' });
    expect(await refusal({ iccid: '890010100000000ABCE' })).toBe('1.3.1/2.1');
    expect(await smdp.done('downloadOrder', { iccid })).toEqual({ iccid });
    expect((await smdp.byIccid(iccid)).state).toBe('Allocated');
  });

  it('takes 20 digits as they are', async () => {
    const { iccid } = await smdp.stock({ iccid: '89000000000000001010' });
    expect(await smdp.done('downloadOrder', { iccid })).toEqual({ iccid });
  });

  it('ignores unknown members and null', async () => {
    const { iccid } = await smdp.stock();
    await smdp.done('downloadOrder', {
      iccid,
      eid: null,
      profileType: null,
      metadata: {},
      smdsAddress2: 'x',
    });
    expect((await smdp.byIccid(iccid)).state).toBe('Allocated');
  });

  it('refuses an unknown ICCID with 8.2.1/3.9', async () => {
    expect(await refusal({ iccid: '8900000000000099999' })).toBe('8.2.1/3.9');
  });

  it('refuses a profile that was ordered with other parameters with 8.2.1/3.3', async () => {
    const { iccid } = await smdp.stock();
    await smdp.done('downloadOrder', { iccid, eid });
    const before = await smdp.trace(iccid);
    expect(await refusal({ iccid })).toBe('8.2.1/3.3');
    expect(await smdp.trace(iccid)).toEqual(before);
  });

  it.each([
    ['Test', '8.2.5/3.8'],
    ['no such type', '8.2.5/3.9'],
  ])('refuses the profile type %s for a profile that is generic with %s', async (profileType, status) => {
    const { iccid } = await smdp.stock();
    const before = await smdp.trace(iccid);
    expect(await refusal({ iccid, profileType })).toBe(status);
    expect(await smdp.trace(iccid)).toEqual(before);
  });

  it('picks the Available one of several profiles with one ICCID', async () => {
    const iccid = newIccid();
    const older = await smdp.stock({ iccid, sharedIccid: true });
    await smdp.stock({ iccid, sharedIccid: true, state: 'Installed' });
    await smdp.done('downloadOrder', { iccid });
    expect((await smdp.store.profile(older.id))?.state).toBe('Allocated');
  });
});

describe('downloadOrder by profile type', () => {
  it('takes from stock first', async () => {
    await smdp.context.profileTypes.put(typeNamed('stocked'));
    const { iccid } = await smdp.stock({ profileType: 'stocked' });
    expect(await smdp.done('downloadOrder', { profileType: 'stocked', eid })).toEqual({ iccid });
    expect(await smdp.byIccid(iccid)).toMatchObject({ state: 'Linked', operator, eid });
  });

  it("prefers the operator's stock to unowned stock", async () => {
    await smdp.context.profileTypes.put(typeNamed('mixed'));
    const free = await smdp.stock({ profileType: 'mixed' });
    const own = await smdp.stock({ profileType: 'mixed', operator });
    const iccids = [];
    for (let count = 0; count < 2; count++)
      iccids.push((await smdp.done('downloadOrder', { profileType: 'mixed' }))['iccid']);
    expect(iccids).toEqual([own.iccid, free.iccid]);
  });

  it('makes a new profile for each order if none is in stock', async () => {
    const orders = [];
    for (let count = 0; count < 3; count++)
      orders.push((await smdp.done('downloadOrder', { profileType: 'Test' }))['iccid']!);
    expect(new Set(orders).size).toBe(3);
    expect(await smdp.byIccid(orders[0]!)).toMatchObject({
      profileType: 'Test',
      state: 'Allocated',
      operator,
    });
  });

  it('does not touch the stock of another operator', async () => {
    await smdp.context.profileTypes.put(typeNamed('foreign'));
    const { iccid } = await smdp.stock({ profileType: 'foreign', operator: otherOperator });
    const { iccid: made } = await smdp.done('downloadOrder', { profileType: 'foreign' });
    expect(made).not.toBe(iccid);
    expect((await smdp.byIccid(iccid)).state).toBe('Available');
  });

  it('has one winner for each profile, however many ask at once', async () => {
    await smdp.context.profileTypes.put(typeNamed('race'));
    const stock = new Set<string>();
    for (let count = 0; count < 5; count++) stock.add((await smdp.stock({ profileType: 'race' })).iccid);
    const iccids = await Promise.all(
      Array.from({ length: 12 }, () => smdp.done('downloadOrder', { profileType: 'race' })),
    );
    const ordered = new Set(iccids.map(({ iccid }) => iccid!));
    expect(ordered.size).toBe(12);
    expect([...stock].filter((iccid) => !ordered.has(iccid))).toEqual([]);
  });

  it('refuses an unknown type with 8.2.5/3.9', async () => {
    expect(await refusal({ profileType: 'no such type' })).toBe('8.2.5/3.9');
  });

  it('refuses with 8.2.5/3.7 where no profile is left and none can be made', async () => {
    const { compiled } = await smdp.context.profileTypes.get('generic');
    const octets = Buffer.concat(compiled.upp.elements.map((element) => element.octets));
    const source = { kind: 'uploaded' as const, upp: octets, personalise: 'none' as const };
    await smdp.context.profileTypes.put({ ...typeNamed('as it is'), source });
    const { compiled: uploaded } = await smdp.context.profileTypes.get('as it is');
    await smdp.stock({ profileType: 'as it is', iccid: uploaded.fixedIccid!, sharedIccid: true });
    await smdp.done('downloadOrder', { profileType: 'as it is' });
    expect(await refusal({ profileType: 'as it is' })).toBe('8.2.5/3.7');
  });

  it('refuses a type that is kept for other operators with 8.2.5/1.2', async () => {
    await smdp.context.profileTypes.put({ ...typeNamed('kept'), operators: [otherOperator] });
    expect(await refusal({ profileType: 'kept' })).toBe('8.2.5/1.2');
    await smdp.done('downloadOrder', { profileType: 'kept' }, { as: otherOperator });
  });

  it('refuses a profile of such a type by its ICCID with 8.2.1/1.2', async () => {
    await smdp.context.profileTypes.put({ ...typeNamed('kept too'), operators: [otherOperator] });
    const { iccid } = await smdp.stock({ profileType: 'kept too' });
    expect(await refusal({ iccid })).toBe('8.2.1/1.2');
    await smdp.done('downloadOrder', { iccid }, { as: otherOperator });
  });
});

describe('downloadOrder refuses what is malformed', () => {
  const iccid = '8900000000000099999';
  it.each([
    ['neither ICCID nor profile type', {}, '1.3.1/2.3'],
    ['an empty profile type alone', { profileType: '' }, '1.3.1/2.3'],
    ['an ICCID of 17 digits', { iccid: iccid.slice(2) }, '1.3.1/2.1'],
    ['an ICCID with a letter', { iccid: `${iccid.slice(0, -1)}A` }, '1.3.1/2.1'],
    ['an ICCID that is a number', { iccid: 8900000000000099 }, '1.3.1/2.1'],
    ['an EID of 31 digits', { iccid, eid: eid.slice(1) }, '1.3.1/2.1'],
    ['a profile type that is no text', { profileType: ['generic'] }, '1.3.1/2.1'],
  ])('%s', async (_, body, status) => {
    expect(await refusal(body)).toBe(status);
  });
});

const typeNamed = (name: string) => ({
  name,
  source: { kind: 'generated' as const, parameters: {} },
  metadata: {},
  protection: 'session' as const,
});

it.each([
  ['empty', { iccid: '', eid: '' }],
  ['null', { iccid: null, eid: null }],
])('takes members that are %s for absent', async (_, members) => {
  const { iccid } = await smdp.done('downloadOrder', { ...members, profileType: 'generic' });
  expect((await smdp.byIccid(iccid!)).state).toBe('Allocated');
});
