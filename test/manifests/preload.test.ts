import { describe, expect, it } from 'vitest';
import { hashConfirmationCode, type PreparationContext, prepareProfile } from '../../src/orders/index.js';
import { iccidFromSequence } from '../../src/profiles/index.js';
import type { Profile } from '../../src/store/index.js';
import { eid, eids } from './support/files.js';
import { allProfiles, follow, imported, preparation, rejections, resultOf } from './support/preloading.js';

const iccid = iccidFromSequence(99_903);

/** Puts a profile into another state, as a device would. */
async function put(
  { store }: PreparationContext,
  { id, version }: Profile,
  set: Partial<Profile>,
): Promise<void> {
  expect(await store.commit([{ kind: 'updateProfile', id, version, set }])).toBe(true);
}

describe('an import', () => {
  it('orders a profile for each row, linked to its EID, confirmed and released', async () => {
    const context = await preparation();
    const result = resultOf(await imported(context, `eid\n${eid(1)}\n${eid(2)}\n`));
    expect(result).toEqual({
      rows: 2,
      added: 2,
      unchanged: 0,
      rejected: 0,
      outcome: 'imported',
      warnings: [],
    });
    const profiles = await allProfiles(context);
    expect(profiles).toMatchObject([
      {
        eid: eid(1),
        matchingId: '',
        state: 'Released',
        profileType: 'generic',
        reuse: 'once',
        operator: null,
      },
      { eid: eid(2), matchingId: '', state: 'Released', profileType: 'generic', label: null, pool: null },
    ]);
    expect(new Set(profiles.map((profile) => profile.iccid)).size).toBe(2);
    expect((await context.store.countProfiles()).Released).toBe(2);
  });

  it('makes the same profile as a call of the control API', async () => {
    const context = await preparation();
    const { profile } = await prepareProfile(context, { eid: eid(1), matchingId: '' });
    await imported(context, `eid\n${eid(2)}\n`);
    const [, other] = await allProfiles(context);
    expect(other).toEqual({ ...profile, id: other?.id, iccid: other?.iccid, eid: eid(2) });
  });

  it('takes what a row says of its profile', async () => {
    const context = await preparation();
    await imported(
      context,
      `eid,iccid,matchingId,profileType,confirmationCode,label,pool,imei\n` +
        `${eid(1)},${iccid},M-1,Test,0123,one,north,490154203237518\n`,
    );
    expect(await allProfiles(context)).toMatchObject([
      {
        iccid,
        matchingId: 'M-1',
        profileType: 'Test',
        confirmationCodeHash: hashConfirmationCode('0123'),
        label: 'one',
        pool: 'north',
        imei: '490154203237518',
      },
    ]);
  });

  it('gives rows that do not say it what was asked for all of them', async () => {
    const context = await preparation();
    await imported(context, `eid,pool\n${eid(1)},\n${eid(2)},own\n`, {
      profileType: 'Test',
      pool: 'all',
      label: 'june',
    });
    expect(await allProfiles(context)).toMatchObject([
      { profileType: 'Test', pool: 'all', label: 'june' },
      { profileType: 'Test', pool: 'own', label: 'june' },
    ]);
  });

  it('says first how the file is understood, and last what came of it', async () => {
    const events = await imported(await preparation(), eids(1, 3));
    expect(events.map(({ kind }) => kind)).toEqual(['understood', 'progress', 'progress', 'done']);
  });

  it('is refused as a whole because of one row, of whatever kind, and leaves nothing', async () => {
    const context = await preparation();
    for (const wrong of ['123', eid(1), `${eid(9)},nothing`]) {
      const events = await imported(
        context,
        `eid,profileType\n${eid(1)},\n${eid(2)},\n${wrong}\n${eid(3)}\n`,
      );
      expect(resultOf(events)).toMatchObject({ outcome: 'refused', rows: 4, added: 0, rejected: 1 });
      expect(await allProfiles(context)).toEqual([]);
      expect(await context.store.openedBatch()).toBeUndefined();
    }
  });

  it('leaves rows out that are wrong, where that is asked for', async () => {
    const context = await preparation();
    const file = `eid,profileType\n${eid(1)},\n123,\n${eid(2)},nothing\n${eid(3)},\n`;
    const events = await imported(context, file, { skipBadRows: true });
    expect(resultOf(events)).toMatchObject({ outcome: 'imported', rows: 4, added: 2, rejected: 2 });
    expect(rejections(events)).toEqual([
      'line 3: eid: has 3 digits, but an EID has 32',
      "line 4: profileType: there is no profile type 'nothing'",
    ]);
    expect((await allProfiles(context)).map((profile) => profile.eid)).toEqual([eid(1), eid(3)]);
  });

  it('does nothing in a dry run, but finds everything that an import would', async () => {
    const context = await preparation();
    await prepareProfile(context, { iccid, eid: eid(5), matchingId: '' });
    const file = `eid,iccid\n${eid(1)},\n${eid(2)},${iccid}\n`;
    const events = await imported(context, file, { dryRun: true });
    expect(resultOf(events)).toMatchObject({ outcome: 'refused', rows: 2, rejected: 1 });
    expect(rejections(events)).toEqual(['line 3: iccid: another profile already has this value']);
    const checked = await imported(context, eids(1, 2), { dryRun: true });
    expect(resultOf(checked)).toMatchObject({ outcome: 'checked', added: 2 });
    expect(await allProfiles(context)).toHaveLength(1);
  });

  it('stops reading at the thousandth wrong row', async () => {
    const file = `eid\n${'1\n'.repeat(100_000)}`;
    const events = await imported(await preparation(), file);
    expect(resultOf(events)).toMatchObject({ outcome: 'refused', rejected: 1000, stoppedAfterLine: 1001 });
    expect(rejections(events)).toHaveLength(1000);
  });

  it('reads on behind the thousandth wrong row where wrong ones are left out', async () => {
    const context = await preparation();
    const file = `eid\n${'1\n'.repeat(3000)}${eid(1)}\n`;
    const events = await imported(context, file, { skipBadRows: true });
    expect(resultOf(events)).toMatchObject({ outcome: 'imported', added: 1, rejected: 3000 });
  });

  it('cannot begin with a profile type that there is not', async () => {
    await expect(imported(await preparation(), eids(1, 1), { profileType: 'nothing' })).rejects.toThrow(
      "there is no profile type 'nothing'",
    );
  });

  it('leaves nothing behind when the file breaks off', async () => {
    const context = await preparation();
    async function* broken(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 5000));
      throw new Error('the line is dead');
    }
    const { preload } = await import('../../src/manifests/preload/index.js');
    await expect(follow(preload(context, broken()))).rejects.toThrow('the line is dead');
    expect(await context.store.openedBatch()).toBeUndefined();
    expect(resultOf(await imported(context, eids(1, 5000))).added).toBe(5000);
  });

  it('leaves nothing behind when it is given up, even while the file keeps it waiting', async () => {
    const context = await preparation();
    const giveUp = new AbortController();
    async function* stuck(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 2000));
      giveUp.abort(new Error('enough'));
      await new Promise(() => undefined);
    }
    const { preload } = await import('../../src/manifests/preload/index.js');
    await expect(follow(preload(context, stuck(), { signal: giveUp.signal }))).rejects.toThrow('enough');
    expect(await context.store.openedBatch()).toBeUndefined();
    expect(await allProfiles(context)).toEqual([]);
  });

  it('exchanges an ICCID that it has made up and that somebody has asked for', async () => {
    const context = await preparation();
    const taken = [2, 3, 5].map(iccidFromSequence);
    for (const one of taken) await prepareProfile(context, { iccid: one });
    expect(resultOf(await imported(context, eids(1, 5)))).toMatchObject({ added: 5, rejected: 0 });
    const profiles = await allProfiles(context);
    expect(new Set(profiles.map((profile) => profile.iccid)).size).toBe(8);
  });
});

describe('importing a file again', () => {
  const file =
    `eid,iccid,matchingId,confirmationCode,label\n` +
    `${eid(1)},,,,\n${eid(2)},${iccid},M-2,99,two\n${eid(3)},,,,three\n`;

  it('changes nothing, and says so', async () => {
    const context = await preparation();
    await imported(context, file);
    const before = await allProfiles(context);
    const result = resultOf(await imported(context, file));
    expect(result).toMatchObject({ outcome: 'unchanged', rows: 3, added: 0, unchanged: 3, rejected: 0 });
    expect(await allProfiles(context)).toEqual(before);
  });

  it('changes nothing after devices have taken their profiles either', async () => {
    const context = await preparation();
    await imported(context, file);
    for (const profile of await allProfiles(context))
      await put(context, profile, { state: 'Installed', installedState: 'enabled' });
    expect(resultOf(await imported(context, file))).toMatchObject({ outcome: 'unchanged', unchanged: 3 });
  });

  it('adds what is new in it', async () => {
    const context = await preparation();
    await imported(context, eids(1, 10));
    expect(resultOf(await imported(context, eids(6, 10)))).toMatchObject({ added: 5, unchanged: 5 });
    expect(await allProfiles(context)).toHaveLength(15);
  });

  it.each([
    ['was deleted', { state: 'Installed', installedState: 'deleted' }],
    ['was cancelled', { state: 'Unavailable' }],
    ['has failed', { state: 'Error' }],
  ] as const)('orders anew for a device whose profile %s', async (_, set) => {
    const context = await preparation();
    await imported(context, eids(1, 1));
    await put(context, (await allProfiles(context))[0]!, set);
    expect(resultOf(await imported(context, eids(1, 1)))).toMatchObject({ added: 1 });
    expect(resultOf(await imported(context, eids(1, 1)))).toMatchObject({ unchanged: 1 });
  });

  it('orders nothing anew where the row names the very profile', async () => {
    const context = await preparation();
    const named = `eid,iccid\n${eid(1)},${iccid}\n`;
    await imported(context, named);
    await put(context, (await allProfiles(context))[0]!, { state: 'Unavailable' });
    expect(resultOf(await imported(context, named))).toMatchObject({ outcome: 'unchanged' });
  });

  it.each([
    ['profileType', `eid,profileType\n${eid(1)},Test\n`],
    ['label', `eid,label\n${eid(1)},x\n`],
    ['pool', `eid,pool\n${eid(1)},x\n`],
    ['imei', `eid,imei\n${eid(1)},490154203237518\n`],
    ['iccid', `eid,iccid\n${eid(1)},${iccid}\n`],
    ['confirmationCode', `eid,confirmationCode\n${eid(1)},1\n`],
  ])('is refused where it asks for another %s', async (field, changed) => {
    const context = await preparation();
    await imported(context, eids(1, 1));
    const [{ iccid: own }] = (await allProfiles(context)) as [Profile];
    expect(rejections(await imported(context, changed))).toEqual([
      `line 2: eid: the device already has an order (ICCID ${own}, Released) with a different ${field}`,
    ]);
  });

  it('is refused where a MatchingID or ICCID belongs to another device', async () => {
    const context = await preparation();
    await prepareProfile(context, { eid: eid(8), matchingId: 'M-1' });
    await prepareProfile(context, { eid: eid(9), iccid });
    const events = await imported(context, `eid,iccid,matchingId\n${eid(1)},,M-1\n${eid(2)},${iccid},\n`);
    expect(rejections(events)).toEqual([
      'line 2: matchingId: another profile already has this value',
      'line 3: iccid: another profile already has this value',
    ]);
  });
});

describe('a profile type whose packages go out as they are', () => {
  it('has its ICCID in every row', async () => {
    const context = await preparation();
    const generic = await context.profileTypes.get('generic');
    const upp = generic.package({ iccid, personal: null });
    await context.profileTypes.put({
      ...generic.compiled.definition,
      name: 'fixed',
      source: { kind: 'uploaded', upp, personalise: 'none' },
    });
    const file = `eid,iccid\n${eid(1)},\n${eid(2)},${iccid}\n${eid(3)},8900101000000999020\n`;
    const events = await imported(context, file, { profileType: 'fixed', skipBadRows: true });
    expect(resultOf(events)).toMatchObject({ added: 2, rejected: 1 });
    expect(rejections(events)).toEqual([
      `line 4: iccid: packages of type 'fixed' are sent unchanged, with the ICCID ${iccid}`,
    ]);
    expect((await allProfiles(context)).map((profile) => profile.iccid)).toEqual([iccid, iccid]);
    const again = await imported(context, `eid\n${eid(1)}\n`, { profileType: 'fixed' });
    expect(resultOf(again)).toMatchObject({ unchanged: 1 });
  });
});
