import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ControlError, startMockSmdp, type MockSmdp } from '../../src/index.js';

describe('the calls of the library', () => {
  let smdp: MockSmdp;
  beforeAll(async () => {
    smdp = await startMockSmdp({ faults: [{ name: 'first', matchingId: 'NEVER-*', httpStatus: 500 }] });
  });
  afterAll(() => smdp.close());

  it('raise what the control API answers, member by member', async () => {
    const failure = smdp.profiles.create({ iccid: 'x', eid: 'y' });
    await expect(failure).rejects.toBeInstanceOf(ControlError);
    await expect(failure).rejects.toMatchObject({
      status: 400,
      errors: [{ field: 'iccid' }, { field: 'eid' }],
    });
    await expect(smdp.profiles.get('8949000000000000006')).rejects.toMatchObject({ status: 404 });
  });

  it('lead a profile through its life by hand', async () => {
    const { iccid } = await smdp.profiles.create({ state: 'Confirmed' });
    expect((await smdp.profiles.release(iccid)).state).toBe('Released');
    expect((await smdp.profiles.reset(iccid, { downloadAttempts: 3 })).downloadAttemptsLeft).toBe(3);
    expect((await smdp.profiles.cancel(iccid, { finalProfileStatusIndicator: 'Unavailable' })).state).toBe(
      'Unavailable',
    );
    await expect(smdp.profiles.release(iccid)).rejects.toMatchObject({ status: 409, refusal: '8.2.1/3.5' });
  });

  it('list by filter and page by page', async () => {
    for (let count = 0; count < 3; count++) await smdp.profiles.create({ label: 'listed' });
    const { items, next } = await smdp.profiles.list({
      label: 'listed',
      state: ['Released', 'Error'],
      limit: 2,
    });
    expect(items).toHaveLength(2);
    const rest = await smdp.profiles.list({ label: 'listed', limit: 2, cursor: next });
    expect(rest).toMatchObject({ items: [{ label: 'listed' }] });
    expect(rest.next).toBeUndefined();
  });

  it('make, upload, show and delete profile types', async () => {
    await smdp.profileTypes.put('mine', { metadata: { profileName: 'Mine' } });
    expect(await smdp.profileTypes.get('mine')).toMatchObject({ metadata: { profileName: 'Mine' } });
    expect((await smdp.profileTypes.list()).map(({ name }) => name)).toContain('mine');
    await expect(smdp.profileTypes.upload('other', Buffer.from('no package'))).rejects.toMatchObject({
      status: 400,
    });
    await smdp.profileTypes.delete('mine');
    await expect(smdp.profileTypes.get('mine')).rejects.toMatchObject({ status: 404 });
  });

  it('provoke faults, which devices notice', async () => {
    expect(await smdp.faults.list()).toMatchObject([{ name: 'first', hits: 0 }]);
    const { id } = await smdp.faults.add({ function: 'authenticateClient', refuse: '8.1/4.8', times: 1 });
    const { activationCode } = await smdp.profiles.create();
    await expect(smdp.device().download(activationCode)).rejects.toMatchObject({
      subjectCode: '8.1',
      reasonCode: '4.8',
    });
    expect(await smdp.faults.get(id)).toMatchObject({ hits: 1, spent: true });
    await smdp.faults.remove(id);
    expect(await smdp.faults.clear({ name: 'first' })).toBe(1);
    expect(await smdp.faults.list()).toEqual([]);
  });

  it('reach the rest of the control API too', async () => {
    await smdp.call('PUT', '/operators/2.999.1', { body: {} });
    await expect(smdp.call('GET', '/operators')).resolves.toMatchObject({
      items: [{ identifier: '2.999.1' }],
    });
  });

  it('say what was meant by a fault rule to begin with', async () => {
    const misspelt = { functoin: 'authenticateClient', httpStatus: 503 } as object;
    await expect(startMockSmdp({ faults: [misspelt] })).rejects.toThrow(
      '0.functoin: is not known (did you mean function?)',
    );
    const unknown = { function: 'authenticateCleint' as 'authenticateClient', httpStatus: 503 };
    await expect(startMockSmdp({ faults: [{ httpStatus: 503 }, unknown] })).rejects.toThrow(
      /1\.function: must be one of .*\(did you mean authenticateClient\?\)/,
    );
    await expect(startMockSmdp({ faults: [{ httpStatus: 503 }, {}] })).rejects.toThrow(
      /1\.body: the rule does nothing/,
    );
  });

  it('say which of the fault rules to begin with makes no sense', async () => {
    await expect(startMockSmdp({ faults: [{ name: 'nothing' }] })).rejects.toThrow(/faults/);
  });
});
