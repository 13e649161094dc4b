import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/pki-folder.js';
import { eid, operator, otherOperator, startOperatorSide, success, type OperatorSide } from './support.js';

let smdp: OperatorSide;
beforeAll(async () => {
  smdp = await startOperatorSide();
});

const finalProfileStatusIndicator = 'Available';
const ordered = async (): Promise<string> =>
  (await smdp.done('downloadOrder', { profileType: 'generic' }))['iccid']!;

describe('the same call again, under the same functionCallIdentifier', () => {
  it('orders no second profile', async () => {
    const id = 'same-order';
    const first = await smdp.done('downloadOrder', { profileType: 'generic', eid }, { id });
    const before = await smdp.trace(first['iccid']!);
    expect(await smdp.done('downloadOrder', { eid, profileType: 'generic' }, { id })).toEqual(first);
    expect(await smdp.trace(first['iccid']!)).toEqual(before);
  });

  it('orders one profile, however many of it come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        smdp.done('downloadOrder', { profileType: 'Test' }, { id: 'eight at once' }),
      ),
    );
    expect(new Set(answers.map(({ iccid }) => iccid)).size).toBe(1);
  });

  it('gets the first answer although the order has gone on', async () => {
    const iccid = await ordered();
    const confirmation = { iccid, releaseFlag: false };
    const first = await smdp.done('confirmOrder', confirmation, { id: 'late' });
    await smdp.done('releaseProfile', { iccid });
    const before = await smdp.trace(iccid);
    expect(await smdp.done('confirmOrder', confirmation, { id: 'late' })).toEqual(first);
    expect(await smdp.trace(iccid)).toEqual(before);
  });

  it('is another call if its content differs', async () => {
    const id = 'constant';
    const first = await smdp.done('downloadOrder', { profileType: 'generic' }, { id });
    const second = await smdp.done('downloadOrder', { profileType: 'Test' }, { id });
    expect(second['iccid']).not.toBe(first['iccid']);
    await smdp.done('confirmOrder', { ...first, releaseFlag: true }, { id });
    await smdp.done('confirmOrder', { ...second, releaseFlag: true }, { id });
    expect((await smdp.byIccid(second['iccid']!)).state).toBe('Released');
  });

  it('is another call where another operator makes it', async () => {
    const id = 'anybody';
    const first = await smdp.done('downloadOrder', { profileType: 'generic' }, { id });
    const second = await smdp.done('downloadOrder', { profileType: 'generic' }, { id, as: otherOperator });
    expect(second['iccid']).not.toBe(first['iccid']);
  });

  it('is decided again if it was refused', async () => {
    const iccid = '8900000000000000123';
    const id = 'too early';
    expect((await smdp.ask('downloadOrder', { iccid }, { id })).status).toBe('8.2.1/3.9');
    await smdp.stock({ iccid });
    await smdp.done('downloadOrder', { iccid }, { id });
  });

  it('begins anew once the order is cancelled, so that a constant identifier does no harm', async () => {
    const { iccid } = await smdp.stock();
    const id = 'constant';
    for (let round = 0; round < 3; round++) {
      await smdp.done('downloadOrder', { iccid, eid }, { id });
      expect((await smdp.byIccid(iccid)).state).toBe('Linked');
      await smdp.done('confirmOrder', { iccid, matchingId: 'ROUND', releaseFlag: true }, { id });
      expect((await smdp.byIccid(iccid)).state).toBe('Released');
      const cancellation = { iccid, eid, matchingId: 'ROUND', finalProfileStatusIndicator };
      await smdp.done('cancelOrder', cancellation, { id });
      expect((await smdp.byIccid(iccid)).state).toBe('Available');
    }
  });

  it('is known for a day', async () => {
    const id = 'yesterday';
    const first = await smdp.done('downloadOrder', { profileType: 'generic' }, { id });
    smdp.advance(25 * 60 * 60 * 1000);
    await smdp.store.purge(smdp.context.clock.now().getTime());
    const second = await smdp.done('downloadOrder', { profileType: 'generic' }, { id });
    expect(second['iccid']).not.toBe(first['iccid']);
  });

  it('is known after a restart', async () => {
    const database = join(temporaryFolder(), 'smdp.db');
    const before = await startOperatorSide({ database, pkiFolder: smdp.pkiFolder });
    const first = await before.done('downloadOrder', { profileType: 'generic' }, { id: 'restart' });
    await before.stop();
    const after = await startOperatorSide({ database, pkiFolder: smdp.pkiFolder });
    expect(await after.done('downloadOrder', { profileType: 'generic' }, { id: 'restart' })).toEqual(first);
  });
});

describe('a call with the same content under another functionCallIdentifier', () => {
  it('gets the same answer, and changes nothing', async () => {
    const { iccid } = await smdp.stock();
    const order = { iccid, eid };
    const confirmation = { iccid, confirmationCode: '1234', releaseFlag: false };
    const calls = [['downloadOrder', order] as const, ['confirmOrder', confirmation] as const];
    for (const [name, body] of calls) {
      const first = await smdp.done(name, body);
      const before = await smdp.trace(iccid);
      expect(await smdp.done(name, body)).toEqual(first);
      expect(await smdp.trace(iccid)).toEqual(before);
    }
  });

  it('succeeds for a cancellation and a release too', async () => {
    const iccid = await ordered();
    const { matchingId } = await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    await smdp.done('releaseProfile', { iccid });
    await smdp.done('releaseProfile', { iccid });
    for (let count = 0; count < 2; count++) {
      expect(await smdp.done('cancelOrder', { iccid, matchingId, finalProfileStatusIndicator })).toEqual({});
    }
    expect((await smdp.trace(iccid)).history).toHaveLength(4);
  });

  it('is refused once the order has gone on', async () => {
    const { iccid } = await smdp.stock();
    await smdp.done('downloadOrder', { iccid });
    await smdp.done('confirmOrder', { iccid, releaseFlag: false });
    expect((await smdp.ask('downloadOrder', { iccid })).status).toBe('8.2.1/3.3');
    await smdp.done('releaseProfile', { iccid });
    expect((await smdp.ask('confirmOrder', { iccid, releaseFlag: false })).status).toBe('8.2.1/3.3');
  });

  it('orders a further profile where only the type was named', async () => {
    expect(await ordered()).not.toBe(await ordered());
  });

  it('is refused for a profile that was ordered by its type', async () => {
    const iccid = await ordered();
    expect((await smdp.ask('downloadOrder', { iccid })).status).toBe('8.2.1/3.3');
  });

  it('has one winner where two operators want one profile at once', async () => {
    const { iccid } = await smdp.stock();
    const [one, other] = await Promise.all(
      [operator, otherOperator].map((as) => smdp.ask('downloadOrder', { iccid }, { as })),
    );
    expect([one!.status, other!.status].sort()).toEqual(['8.2.1/1.2', success]);
  });
});
