import { describe, expect, it } from 'vitest';
import { prepareProfile } from '../../src/orders/index.js';
import { CodesTakenError, PoolConflictError, removePool } from '../../src/pools/index.js';
import { codes, rowOf } from './support/codes.js';
import { orders } from './support/fixture.js';

const iccidOf = (number: number) => rowOf(number).split(',')[0]!;
const codeOf = (number: number) => rowOf(number).split(',')[1]!;

describe('importing a list of codes', () => {
  it('makes released profiles that any device may have', async () => {
    const { import: importList, pool } = await orders();
    expect(await importList(2)).toEqual({
      isNew: true,
      created: 2,
      unchanged: 0,
      kept: 0,
      withdrawn: 0,
      warnings: [],
    });
    expect(await pool('smdp')).toMatchObject([
      { iccid: iccidOf(1), matchingId: codeOf(1), state: 'Released', eid: null, confirmationCodeHash: null },
      { iccid: iccidOf(2), matchingId: codeOf(2), state: 'Released', eid: null, confirmationCodeHash: null },
    ]);
  });

  it('takes 1,000 codes', async () => {
    const { import: importList, store } = await orders();
    await importList(1000);
    expect(await store.poolSize('smdp')).toBe(1000);
  });

  it('changes nothing the second time', async () => {
    const { import: importList, pool, store } = await orders();
    await importList(3);
    const [before, list] = [await pool('smdp'), await store.mdmList('smdp')];
    expect(await importList(3)).toEqual({
      isNew: false,
      created: 0,
      unchanged: 3,
      kept: 0,
      withdrawn: 0,
      warnings: [],
    });
    expect(await pool('smdp')).toEqual(before);
    expect(await store.mdmList('smdp')).toEqual(list);
  });

  it('only tells what it would do, when asked to', async () => {
    const { import: importList, store } = await orders();
    expect(await importList(3, { dryRun: true })).toMatchObject({ created: 3 });
    expect(await store.poolNames()).toEqual([]);
  });

  it('keeps what is installed when a longer list takes the place of the first', async () => {
    const { import: importList, byIccid, change } = await orders();
    await importList(2);
    await change(iccidOf(1), { state: 'Installed', installedState: 'enabled' });
    const installed = await byIccid(iccidOf(1));
    expect(await importList(5)).toMatchObject({ created: 3, unchanged: 2 });
    expect(await byIccid(iccidOf(1))).toEqual(installed);
  });

  it('refuses a list that lacks codes of the first, unless told what becomes of them', async () => {
    const { import: importList, pool } = await orders();
    await importList(2);
    const others = [rowOf(3), rowOf(4)];
    await expect(importList(others)).rejects.toThrow(PoolConflictError);
    await expect(importList(others)).rejects.toThrow(/lacks 2 of its codes .*full list, old and new codes/);
    expect(await pool('smdp')).toHaveLength(2);
    expect(await importList(others, { replace: true })).toMatchObject({
      created: 2,
      kept: 2,
      withdrawn: 0,
      warnings: [],
    });
    expect(await pool('smdp')).toHaveLength(4);
  });

  it('withdraws missing codes only when asked to, and never those that a device has', async () => {
    const { import: importList, byIccid, change, pool } = await orders();
    await importList(4);
    await change(iccidOf(1), { state: 'Installed' });
    await change(iccidOf(2), { state: 'Downloaded' });
    const outcome = await importList([rowOf(4), rowOf(5)], { withdrawMissing: true });
    expect(outcome).toEqual({ isNew: false, created: 1, unchanged: 1, kept: 2, withdrawn: 1, warnings: [] });
    expect(await byIccid(iccidOf(3))).toBeUndefined();
    expect((await pool('smdp')).map(({ iccid }) => iccid)).toEqual([1, 2, 4, 5].map(iccidOf));
  });

  it('refuses a second list of the same provider under another name', async () => {
    const { import: importList, store } = await orders();
    await importList(1, { pool: 'spring' });
    await expect(importList([rowOf(2)], { pool: 'summer' })).rejects.toThrow(
      /already has a list, the pool 'spring'.*one list per provider; import the full list/,
    );
    expect(await store.poolNames()).toEqual(['spring']);
  });

  it('refuses the list of another provider under the same name', async () => {
    const { import: importList } = await orders();
    await importList(1);
    await expect(importList(1, { provider: 'other.example.com' })).rejects.toThrow(
      /'smdp' is the list of another provider, smdp\.example\.com/,
    );
  });

  it('refuses codes that belong to something else, each with its line, and imports none', async () => {
    const context = await orders();
    await prepareProfile(context, { iccid: iccidOf(1), matchingId: 'ANOTHER' });
    await prepareProfile(context, { iccid: iccidOf(8), matchingId: codeOf(2) });
    await prepareProfile(context, { iccid: iccidOf(3), matchingId: codeOf(3), pool: 'tests' });
    const error = await context.import(4).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CodesTakenError);
    expect((error as CodesTakenError).codes).toMatchObject([
      { line: 2, field: 'iccid', message: expect.stringContaining("under the code 'ANOTHER'") as string },
      { line: 3, field: 'matchingId', message: expect.stringContaining(iccidOf(8)) as string },
      { line: 4, field: 'iccid', message: expect.stringContaining("in the pool 'tests'") as string },
    ]);
    expect(await context.pool('smdp')).toEqual([]);
  });

  it('takes up profiles that are in no pool', async () => {
    const context = await orders();
    const { profile } = await prepareProfile(context, { iccid: iccidOf(1), matchingId: codeOf(1) });
    expect(await context.import(2)).toMatchObject({ created: 1, unchanged: 1 });
    expect((await context.byIccid(iccidOf(1)))?.id).toBe(profile.id);
    expect(await context.pool('smdp')).toHaveLength(2);
  });

  it('names the line of a code that an unfinished import has', async () => {
    const { import: importList, store } = await orders();
    const batch = (await store.openBatch('test'))!;
    await store.addToBatch(batch, [
      { iccid: iccidOf(2), profileType: 'generic', state: 'Released', createdAt: 1 },
    ]);
    const error = await importList(3).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CodesTakenError);
    expect((error as CodesTakenError).codes).toMatchObject([{ line: 3, value: iccidOf(2) }]);
  });

  it('done twice at once makes every profile once', async () => {
    const { import: importList, store } = await orders();
    const outcomes = await Promise.all([importList(50), importList(50), importList(50)]);
    expect(outcomes.map(({ created }) => created).sort()).toEqual([0, 0, 50]);
    expect(await store.poolSize('smdp')).toBe(50);
  });

  it('done at once with two different lists lets one of them win', async () => {
    const { import: importList, store } = await orders();
    const outcomes = await Promise.allSettled([importList(3), importList([rowOf(8), rowOf(9)])]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([2, 3]).toContain(await store.poolSize('smdp'));
  });

  it('says of which type there is none, and which cannot have codes of their own', async () => {
    const { import: importList } = await orders();
    await expect(importList(1, { profileType: 'generik' })).rejects.toMatchObject({
      name: 'ProfileRequestError',
      problems: [{ field: 'profileType' }],
    });
  });
});

describe('removing a pool', () => {
  it('removes what no device has, and lets go of the rest', async () => {
    const { import: importList, byIccid, change, store } = await orders();
    await importList(5);
    await change(iccidOf(1), { state: 'Installed' });
    await change(iccidOf(2), { state: 'Error' });
    expect(await removePool(store, 'smdp')).toEqual({ removed: 3, kept: 2 });
    expect(await byIccid(iccidOf(3))).toBeUndefined();
    expect(await byIccid(iccidOf(1))).toMatchObject({ state: 'Installed', pool: null });
    expect(await store.poolNames()).toEqual([]);
  });

  it('makes room for the full list, which finds what is installed', async () => {
    const { import: importList, byIccid, change, store } = await orders();
    await importList(2);
    await change(iccidOf(1), { state: 'Installed' });
    await removePool(store, 'smdp');
    expect(await importList(codes(3), { pool: 'next' })).toMatchObject({ created: 2, unchanged: 1 });
    expect(await byIccid(iccidOf(1))).toMatchObject({ state: 'Installed', pool: 'next' });
  });

  it('of many profiles leaves none behind', async () => {
    const { import: importList, store } = await orders();
    await importList(1000);
    expect(await removePool(store, 'smdp')).toEqual({ removed: 1000, kept: 0 });
    expect(await store.poolSize('smdp')).toBe(0);
  });
});
