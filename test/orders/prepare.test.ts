import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  confirmationCodeMatches,
  prepareProfile,
  prepareProfiles,
  ProfileRequestError,
  ProfileTypes,
  type PreparationContext,
  type ProfileRequest,
} from '../../src/orders/index.js';
import { builtInProfileTypes, compileProfileType } from '../../src/profiles/index.js';
import { iccidCheckDigitHolds } from '../../src/wire/rsp/index.js';
import { DuplicateError, openStore, profileStates, type NewProfile } from '../../src/store/index.js';
import { eid, now } from './support.js';

let context: PreparationContext;
beforeEach(async () => {
  const store = await openStore(':memory:');
  const clock = { now: () => new Date(now) };
  let drawn = 0;
  const random = { bytes: (count: number) => Buffer.alloc(count, ++drawn) };
  context = {
    store,
    clock,
    random,
    profileTypes: new ProfileTypes({ store, clock, smdp: { address: 'localhost:8443' } }),
  };
});
afterEach(() => context.store.close());

/** Makes a type whose package keeps its ICCID, and returns that. */
async function keepingType(name: string): Promise<string> {
  const upp = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000005' });
  await context.profileTypes.put({
    name,
    source: { kind: 'uploaded', upp, personalise: 'none' },
    metadata: {},
    protection: 'session',
  });
  return '8988211000000000005';
}

const prepared = async (request: ProfileRequest) => (await prepareProfile(context, request)).profile;
const warned = async (request: ProfileRequest) =>
  (await prepareProfile(context, request)).warnings.map(({ field }) => field);

/** The members that are wrong with the request; nothing has been made then. */
async function wrong(request: ProfileRequest): Promise<string[]> {
  const before = await context.store.countProfiles();
  const error: unknown = await prepareProfile(context, request).catch((reason: unknown) => reason);
  if (!(error instanceof ProfileRequestError)) return expect.unreachable('it was done');
  expect(await context.store.countProfiles()).toEqual(before);
  return error.problems.map(({ field }) => field);
}

describe('a profile of which nothing is said', () => {
  test('is a released one of the generic type, with a new ICCID and a new MatchingID', async () => {
    const { profile, warnings } = await prepareProfile(context);
    expect(profile).toMatchObject({
      profileType: 'generic',
      iccid: '8900101000000000019',
      state: 'Released',
      matchingId: '01010-10101-01010-10101',
      eid: null,
      confirmationCodeHash: null,
      confirmationCodeAttemptsLeft: 5,
      downloadAttemptsLeft: null,
      validUntil: null,
      reuse: 'once',
      createdAt: now,
    });
    expect(iccidCheckDigitHolds(profile.iccid)).toBe(true);
    expect(warnings).toEqual([]);
    expect(await context.store.profile(profile.id)).toEqual(profile);
  });
});

describe('a profile of which everything is said', () => {
  test('is what was asked for', async () => {
    const request: ProfileRequest = {
      profileType: 'generic-ppr1',
      iccid: '8944476500001224158F',
      eid,
      matchingId: 'QR-G-5C-1LS-1W1Z9P7',
      confirmationCode: '12345678',
      confirmationCodeAttempts: 2,
      downloadAttempts: 0,
      validUntil: '2031-01-31T13:00:00+01:00',
      reuse: 'per-device',
      state: 'Confirmed',
      label: 'a label',
      pool: 'a pool',
      metadata: { profileName: 'Mine' },
    };
    const profile = await prepared(request);
    expect(profile).toMatchObject({
      profileType: 'generic-ppr1',
      iccid: '8944476500001224158',
      eid,
      matchingId: 'QR-G-5C-1LS-1W1Z9P7',
      confirmationCodeAttemptsLeft: 2,
      downloadAttemptsLeft: 0,
      validUntil: Date.UTC(2031, 0, 31, 12),
      reuse: 'per-device',
      state: 'Confirmed',
      label: 'a label',
      pool: 'a pool',
      metadata: '{"profileName":"Mine"}',
    });
    const hashCc = Buffer.from('8d8c7fedc8d71c360fc2a64588a0c91666111939d42af4d1fe0fd1e057eab543', 'hex');
    const transactionId = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    expect(confirmationCodeMatches(profile.confirmationCodeHash!, transactionId, hashCc)).toBe(true);
    expect(JSON.stringify({ ...profile, eid: null })).not.toContain('12345678');
  });

  test.each(profileStates)('may be %s', async (state) => {
    const profile = await prepared({ state, ...(state === 'Linked' && { eid }) });
    expect(profile.state).toBe(state);
    const hasOrder = ['Confirmed', 'Released', 'Downloaded', 'Installed', 'Error'].includes(state);
    expect(profile.matchingId === null).toBe(!hasOrder);
  });
});

describe('what a tester may ask for, though ES2+ would refuse it', () => {
  test.each<[string, ProfileRequest, string]>([
    ['a MatchingID with an underscore', { matchingId: 'A_B' }, 'matchingId'],
    ['a MatchingID in lower case', { matchingId: 'abc' }, 'matchingId'],
    ['a 20-digit ICCID without check digit', { iccid: '89001010000000000010' }, 'iccid'],
    ['an ICCID with a wrong check digit', { iccid: '8900101000000000011' }, 'iccid'],
    ['an EID with wrong check digits', { eid: '89049032123451234512345678901234' }, 'eid'],
    ['an order that has expired already', { validUntil: '2030-06-01T12:00:00Z' }, 'validUntil'],
    ['a downloaded profile on no eUICC', { state: 'Downloaded' }, 'eid'],
  ])('%s is done, with a warning', async (_name, request, field) => {
    expect(await warned(request)).toEqual([field]);
  });

  test('an icon of another size than 64 x 64 is done, with a warning', async () => {
    const icon = Buffer.from('89504e470d0a1a0a0000000d4948445200000020000000300802000000', 'hex').toString(
      'base64',
    );
    const { warnings } = await prepareProfile(context, { metadata: { icon } });
    expect(warnings).toEqual([
      { field: 'metadata.icon', message: 'has 32 x 48 pixels; SGP.22 requires 64 x 64' },
    ]);
  });

  test('what is in order is done without one', async () => {
    expect(
      await warned({ iccid: '8900101000000000019', eid, matchingId: '', validUntil: '2031-01-01' }),
    ).toEqual([]);
  });
});

describe('what cannot be done', () => {
  test.each<[string, ProfileRequest, string[]]>([
    ['an ICCID of letters', { iccid: 'abc' }, ['iccid']],
    ['an ICCID of 17 digits', { iccid: '89001010000000000' }, ['iccid']],
    ['an EID of 31 digits', { eid: '8904903212345123451234567890123' }, ['eid']],
    ['an empty MatchingID without an EID', { matchingId: '' }, ['eid']],
    ['a MatchingID with a $', { matchingId: 'A$B' }, ['matchingId']],
    ['a MatchingID with a line break', { matchingId: 'A\n' }, ['matchingId']],
    ['a MatchingID of 256 characters', { matchingId: 'A'.repeat(256) }, ['matchingId']],
    ['a thirteenth month', { validUntil: '2030-13-01T00:00:00Z' }, ['validUntil']],
    ['30 February', { validUntil: '2030-02-30' }, ['validUntil']],
    ['a time without time zone', { validUntil: '2030-12-01T00:00:00' }, ['validUntil']],
    ['a time in words', { validUntil: 'tomorrow' }, ['validUntil']],
    ['a Linked profile without EID', { state: 'Linked' }, ['eid']],
    ['an Allocated profile with EID', { state: 'Allocated', eid }, ['eid']],
    ['an order on an Available profile', { state: 'Available', eid, matchingId: 'A' }, ['eid', 'matchingId']],
    ['a MatchingID before confirmation', { state: 'Allocated', matchingId: 'A' }, ['matchingId']],
    ['a type that does not exist', { profileType: 'nix' }, ['profileType']],
    ['a name that is too long', { metadata: { profileName: 'x'.repeat(65) } }, ['metadata.profileName']],
    ['several things at once', { iccid: '1', eid: '2', validUntil: '3' }, ['iccid', 'eid', 'validUntil']],
  ])('%s is refused with the member that is wrong', async (_name, request, fields) => {
    expect(await wrong(request)).toEqual(fields);
  });

  test('an unknown type is answered with the names of those that there are', async () => {
    const refused = prepareProfile(context, { profileType: 'Generic' });
    await expect(refused).rejects.toMatchObject({
      problems: [{ field: 'profileType', remedy: 'name one of generic, Test, generic-ppr1' }],
    });
  });

  test('an ICCID or MatchingID that is in use is refused', async () => {
    await prepareProfile(context, { iccid: '8944476500001224158', matchingId: 'A' });
    const again = prepareProfile(context, { iccid: '8944476500001224158' });
    await expect(again).rejects.toMatchObject({ name: 'DuplicateError', field: 'iccid' });
    const same = prepareProfile(context, { matchingId: 'A' });
    await expect(same).rejects.toMatchObject({ name: 'DuplicateError', field: 'matchingId' });
  });
});

describe('identifiers made up by the server', () => {
  test('keep clear of those that somebody has asked for', async () => {
    await prepareProfile(context, { iccid: '8900101000000000019', matchingId: '01010-10101-01010-10101' });
    expect(await prepared({})).toMatchObject({
      iccid: '8900101000000000027',
      matchingId: '02020-20202-02020-20202',
    });
  });
});

describe('profiles of a type whose package goes out as it is', () => {
  test('have the ICCID of the package, all of them', async () => {
    const iccid = await keepingType('fixed');
    const requests: ProfileRequest[] = [
      { profileType: 'fixed' },
      { profileType: 'fixed', iccid: `${iccid}F` },
    ];
    const made = await prepareProfiles(context, requests);
    expect(made.map(({ profile }) => [profile.iccid, profile.sharedIccid])).toEqual([
      [iccid, true],
      [iccid, true],
    ]);
  });
  test('can have no other', async () => {
    await keepingType('fixed');
    expect(await wrong({ profileType: 'fixed', iccid: '8900101000000000019' })).toEqual(['iccid']);
  });
});

describe('several profiles at once', () => {
  async function* manifest(count: number): AsyncGenerator<ProfileRequest> {
    for (let row = 0; row < count; row++) yield { label: `row ${row}` };
  }
  test('are taken as they come', async () => {
    const made = await prepareProfiles(context, manifest(20));
    expect(made.map(({ profile }) => profile.label)).toEqual(
      Array.from({ length: 20 }, (_, row) => `row ${row}`),
    );
    expect(new Set(made.map(({ profile }) => profile.iccid)).size).toBe(20);
  });
  test('are made all or none', async () => {
    await prepareProfile(context, { matchingId: 'TAKEN' });
    await expect(prepareProfiles(context, [{}, { matchingId: 'TAKEN' }])).rejects.toThrow('in use');
    await expect(prepareProfiles(context, [{}, { eid: 'x' }])).rejects.toThrow(ProfileRequestError);
    expect((await context.store.countProfiles()).Released).toBe(1);
  });
});

test('making up identifiers comes to an end where all are taken', async () => {
  const createProfiles = async ([first]: readonly NewProfile[]): Promise<never> => {
    throw new DuplicateError('iccid', first!.iccid);
  };
  const store = { ...context.store, createProfiles };
  const two = prepareProfiles({ ...context, store }, [{}, {}]);
  await expect(two).rejects.toThrow('gave up after');
});
