import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decode, setBits } from '../../src/wire/asn1/index.js';
import { ProfileTypes, type ProfileTypeProblem } from '../../src/orders/index.js';
import { builtInProfileTypes, readUpp, type ProfileTypeDefinition } from '../../src/profiles/index.js';
import { iccidToOctets, PprId, StoreMetadataRequest } from '../../src/wire/rsp/index.js';
import { openStore, type Store } from '../../src/store/index.js';
import { now, profileWith } from './support.js';

let store: Store;
/** Milliseconds on the stopwatch of both processes. */
let elapsed: number;
beforeEach(async () => {
  store = await openStore(':memory:');
  elapsed = 0;
});
afterEach(() => store.close());

/** The profile types as one process has them. */
const aProcess = (): ProfileTypes =>
  new ProfileTypes({
    store,
    clock: { now: () => new Date(now) },
    smdp: { address: 'smdp.example.com:8443' },
    elapsed: () => elapsed,
  });

const generated = (name: string, spn: string): ProfileTypeDefinition => ({
  name,
  source: { kind: 'generated', parameters: { spn } },
  metadata: {},
  protection: 'session',
});

const metadataOf = async (types: ProfileTypes, name: string, profile = profileWith()) =>
  decode(StoreMetadataRequest, (await types.get(name)).metadata(profile));

const problemOf = async (promise: Promise<unknown>): Promise<ProfileTypeProblem> => {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof Error && 'problem' in error) return error.problem as ProfileTypeProblem;
  return expect.unreachable('it was done');
};

describe('built-in profile types', () => {
  test('are there on an empty database', async () => {
    const names = builtInProfileTypes.map(({ name }) => name);
    expect(await aProcess().names()).toEqual(names);
    expect((await aProcess().list()).map(({ name }) => name)).toEqual(names);
  });
  test('can be neither replaced nor deleted', async () => {
    expect(await problemOf(aProcess().put(generated('generic', 'x')))).toBe('builtIn');
    expect(await problemOf(aProcess().delete('generic'))).toBe('builtIn');
  });
});

describe('a prepared profile type', () => {
  test('gives metadata with the ICCID of the profile, and the server as the place for notifications', async () => {
    const { iccid, notificationConfigurationInfo } = await metadataOf(aProcess(), 'generic');
    expect(iccid).toEqual(iccidToOctets('8900101000000000019'));
    expect(notificationConfigurationInfo?.map(({ notificationAddress }) => notificationAddress)).toEqual(
      Array.from({ length: 4 }, () => 'smdp.example.com:8443'),
    );
  });
  test('gives a package with the ICCID of the profile', async () => {
    const type = await aProcess().get('generic');
    expect(readUpp(type.package(profileWith())).fileIccid).toBe('8900101000000000019');
    expect(type.sharesIccid).toBe(false);
  });
  test('lets the metadata of the profile go before its own', async () => {
    const profile = profileWith({ metadata: '{"profileName":"Mine"}' });
    const { profileName, serviceProviderName } = await metadataOf(aProcess(), 'generic', profile);
    expect([serviceProviderName, profileName]).toEqual(['Mock MNO', 'Mine']);
  });
  test('lets the personal data of the profile go before those from the ICCID', async () => {
    const type = await aProcess().get('generic');
    const personal = JSON.stringify({ imsi: '001019999999999', k: 'ab'.repeat(16), opc: 'cd'.repeat(16) });
    const package_ = type.package(profileWith({ personal }));
    expect(readUpp(package_).imsi).toBe('001019999999999');
    expect(package_.includes(Buffer.alloc(16, 0xab))).toBe(true);
    expect(package_.includes(Buffer.alloc(16, 0xcd))).toBe(true);
  });
  test('requires an eUICC that allows its policy rules, or those of the profile', async () => {
    const rulesOf = async (name: string, metadata: string | null): Promise<number[]> => {
      const rules = (await aProcess().get(name)).requirements(profileWith({ metadata })).profilePolicyRules;
      return rules ? setBits(rules) : [];
    };
    expect(await rulesOf('generic', null)).toEqual([]);
    expect(await rulesOf('generic-ppr1', null)).toEqual([PprId.ppr1]);
    expect(await rulesOf('generic-ppr1', '{"profileName":"x"}')).toEqual([PprId.ppr1]);
    expect(await rulesOf('generic-ppr1', '{"profilePolicyRules":["ppr2"]}')).toEqual([PprId.ppr2]);
  });
});

describe("a profile type of one's own", () => {
  test('is kept, with its package', async () => {
    const upp = (await aProcess().get('generic')).package(profileWith());
    const definition: ProfileTypeDefinition = {
      name: 'mine',
      description: 'what for',
      source: { kind: 'uploaded', upp, personalise: 'none' },
      metadata: { profileName: 'Mine' },
      protection: 'random',
    };
    await aProcess().put(definition);
    const type = await aProcess().get('mine');
    expect(type.compiled.definition).toEqual(definition);
    expect(type).toMatchObject({ name: 'mine', protection: 'random', sharesIccid: true });
    expect(type.package(profileWith())).toEqual(upp);
  });

  test('is used at once where it was changed, and after a second elsewhere', async () => {
    const [one, other] = [aProcess(), aProcess()];
    const name = async (types: ProfileTypes) => (await metadataOf(types, 'mine')).serviceProviderName;
    await one.put(generated('mine', 'first'));
    expect(await name(other)).toBe('first');
    await one.put(generated('mine', 'second'));
    expect(await name(one)).toBe('second');
    elapsed = 999;
    expect(await name(other)).toBe('first');
    elapsed = 1000;
    expect(await name(other)).toBe('second');
  });

  test('is compiled once as long as nobody changes it', async () => {
    const types = aProcess();
    await types.put(generated('mine', 'x'));
    const type = await types.get('mine');
    elapsed = 5000;
    expect(await types.get('mine')).toBe(type);
  });

  test('that was made elsewhere is found at once', async () => {
    const [one, other] = [aProcess(), aProcess()];
    expect(await problemOf(other.get('mine'))).toBe('unknown');
    await one.put(generated('mine', 'x'));
    expect((await other.get('mine')).name).toBe('mine');
  });

  test('that was deleted elsewhere is unknown after a second', async () => {
    const [one, other] = [aProcess(), aProcess()];
    await one.put(generated('mine', 'x'));
    await other.get('mine');
    await one.delete('mine');
    elapsed = 1000;
    expect(await problemOf(other.get('mine'))).toBe('unknown');
    expect(await problemOf(one.delete('mine'))).toBe('unknown');
  });

  test('of which there are profiles cannot be deleted', async () => {
    const types = aProcess();
    await types.put(generated('mine', 'x'));
    await store.createProfiles([
      { iccid: '8900101000000000019', profileType: 'mine', state: 'Released', createdAt: now },
    ]);
    expect(await problemOf(types.delete('mine'))).toBe('inUse');
    expect((await types.get('mine')).name).toBe('mine');
  });

  test('of which there are profiles cannot get a package that keeps another ICCID', async () => {
    const types = aProcess();
    const upp = (await types.get('generic')).package(profileWith());
    await types.put(generated('mine', 'x'));
    const keeping: ProfileTypeDefinition = {
      ...generated('mine', 'x'),
      source: { kind: 'uploaded', upp, personalise: 'none' },
    };
    await store.createProfiles([
      { iccid: '8900101000000000027', profileType: 'mine', state: 'Released', createdAt: now },
    ]);
    expect(await problemOf(types.put(keeping))).toBe('inUse');
    expect((await types.put(generated('mine', 'y'))).name).toBe('mine');
  });

  test('that this version cannot use says so, and does not hide the others', async () => {
    await store.saveProfileType({
      name: 'odd',
      definition: JSON.stringify({ source: { kind: 'generated', parameters: { nix: 1 } }, metadata: {} }),
      upp: null,
      updatedAt: now,
    });
    expect(await problemOf(aProcess().get('odd'))).toBe('unusable');
    expect((await aProcess().list()).map(({ name }) => name)).not.toContain('odd');
    expect(await aProcess().names()).toContain('odd');
  });

  test('that is wrong is not kept', async () => {
    const wrong = generated('mine', 'a service provider name that is far too long');
    await expect(aProcess().put(wrong)).rejects.toThrow('parameters.spn');
    expect(await aProcess().names()).not.toContain('mine');
  });
});
