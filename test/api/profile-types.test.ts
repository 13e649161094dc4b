import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { ProfileTypeView } from '../../src/api/index.js';
import { builtInProfileTypes, compileProfileType } from '../../src/profiles/index.js';
import { hasShared, sharedPath } from '../support/shared.js';
import { testApi, type Answer, type TestApi } from './support.js';

const view = Compile(ProfileTypeView);
const upp = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000005' });

async function upload({ app }: TestApi, path: string, payload: Buffer): Promise<Answer> {
  const answer = await app.inject({
    method: 'PUT',
    url: `/api/v1/profile-types/${path}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload,
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
}

describe('GET /profile-types', () => {
  test('lists the built-in types', async () => {
    const { call } = await testApi();
    const { status, body } = await call('GET', '/profile-types');
    expect(status).toBe(200);
    expect(body.items.map(({ name }) => name)).toEqual(['generic', 'Test', 'generic-ppr1']);
    for (const item of body.items) expect(view.Check(item)).toBe(true);
    expect(body.items[0]).toMatchObject({ builtIn: true, source: 'generated', protection: 'session' });
  });

  test('of a type that does not exist is answered with 404', async () => {
    const { call } = await testApi();
    expect(await call('GET', '/profile-types/nix')).toMatchObject({
      status: 404,
      body: { detail: "there is no profile type 'nix'" },
    });
  });
});

describe('an uploaded package', () => {
  test('goes out byte for byte where nothing is to be personalised', async () => {
    const api = await testApi();
    const { status, headers, body } = await upload(api, 'mine?personalise=none', upp);
    expect(status).toBe(201);
    expect(headers['location']).toBe('/api/v1/profile-types/mine');
    expect(view.Check(body)).toBe(true);
    expect(body).toMatchObject({
      name: 'mine',
      builtIn: false,
      source: 'uploaded',
      personalise: 'none',
      iccid: '8988211000000000005',
      package: { size: upp.length },
    });
    const made = await api.call('POST', '/profiles', { profileType: 'mine' });
    expect(made.body.iccid).toBe('8988211000000000005');
    const profile = (await api.store.profile(1))!;
    expect((await api.profileTypes.get('mine')).package(profile)).toEqual(upp);
  });

  test('gets an ICCID per profile where nothing is said', async () => {
    const api = await testApi();
    expect((await upload(api, 'mine', upp)).body).toMatchObject({ personalise: 'iccid' });
    expect((await api.call('POST', '/profiles', { profileType: 'mine' })).body.iccid).toBe(
      '8900101000000000019',
    );
  });

  test('can bring its names along in the query', async () => {
    const api = await testApi();
    const query = 'description=for%20me&protection=random&profileName=Mine&profileClass=test';
    expect((await upload(api, `mine?${query}`, upp)).body).toMatchObject({
      description: 'for me',
      protection: 'random',
      metadata: { profileName: 'Mine', profileClass: 'test' },
    });
  });

  test('can get metadata later, and another package under the same metadata', async () => {
    const api = await testApi();
    await upload(api, 'mine?personalise=none', upp);
    const metadata = { serviceProviderName: 'Me', profilePolicyRules: ['ppr1'] };
    const changed = await api.call('PUT', '/profile-types/mine', { metadata, protection: 'random' });
    expect(changed).toMatchObject({
      status: 200,
      body: { source: 'uploaded', personalise: 'none', metadata, protection: 'random' },
    });
    const other = compileProfileType(builtInProfileTypes[0]!).package({ iccid: '8988211000000000013' });
    expect(await upload(api, 'mine', other)).toMatchObject({
      status: 200,
      body: { personalise: 'none', iccid: '8988211000000000013', metadata, protection: 'random' },
    });
  });

  test.each([
    ['nothing', Buffer.alloc(0), /^the package is empty$/],
    ['text', Buffer.from('this is no DER'), /^this is text, but neither the hex nor the base64/],
    [
      'the first half of a package',
      upp.subarray(0, upp.length / 2),
      /profile element \d+( \(\w+\))? at octet \d+/,
    ],
  ])('that is %s is refused with the place of the mistake', async (_name, octets, message) => {
    const api = await testApi();
    const { status, body } = await upload(api, 'mine', octets);
    expect(status).toBe(400);
    expect(body.errors[0]?.message).toMatch(message);
    expect(await api.profileTypes.names()).not.toContain('mine');
  });

  test('larger than any eUICC is refused with 413', async () => {
    const api = await testApi();
    expect((await upload(api, 'mine', Buffer.alloc(5 * 1024 * 1024))).status).toBe(413);
  });

  test.skipIf(!hasShared)(
    `from GSMA TS.48 is taken${hasShared ? '' : ' (needs the public test material beside the checkout)'}`,
    async () => {
      const api = await testApi();
      const octets = readFileSync(sharedPath('ts48', 'TS48v5_SAIP2.3_NoBERTLV.der'));
      for (const personalise of ['none', 'iccid', 'all']) {
        const { status, body } = await upload(api, `${personalise}?personalise=${personalise}`, octets);
        expect(status).toBe(201);
        expect(body.package.size).toBe(octets.length);
      }
    },
  );
});

describe('a generated type', () => {
  test('is made from parameters, and shows all of them but keys and PINs', async () => {
    const { call } = await testApi();
    const parameters = { spn: 'Me', k: 'ab'.repeat(16), adm1: '87654321', pin1: '7531' };
    const { status, body } = await call('PUT', '/profile-types/mine', { parameters, description: 'for me' });
    expect(status).toBe(201);
    expect(view.Check(body)).toBe(true);
    expect(body).toMatchObject({ source: 'generated', parameters: { spn: 'Me' }, description: 'for me' });
    expect(JSON.stringify(body)).not.toMatch(/abab|87654321|7531/);
  });

  test('keeps its parameters where only the metadata change', async () => {
    const { call } = await testApi();
    await call('PUT', '/profile-types/mine', { parameters: { spn: 'Me' } });
    const { body } = await call('PUT', '/profile-types/mine', { metadata: { profileName: 'Mine' } });
    expect(body).toMatchObject({ parameters: { spn: 'Me' }, metadata: { profileName: 'Mine' } });
  });

  test('takes the place of an uploaded package when it has parameters', async () => {
    const api = await testApi();
    await upload(api, 'mine?personalise=iccid', upp);
    const { body } = await api.call('PUT', '/profile-types/mine', { parameters: {} });
    expect(body.source).toBe('generated');
  });

  test.each([
    [{ parameters: { spm: 'x' } }, 'parameters.spm', 'did you mean spn?'],
    [{ parameters: { mcc: '1' } }, 'parameters.mcc', undefined],
    [{ parameters: { mcc: '001', imsi: '999999999999999' } }, 'parameters.imsi', undefined],
    [{ metadata: { icon: 'AAAA' } }, 'metadata.icon', undefined],
    [{ protection: 'none' }, 'protection', undefined],
    [
      { personalise: 'none' },
      'personalise',
      'leave it out, or upload the package as application/octet-stream',
    ],
    [{ paramters: {} }, 'paramters', 'did you mean parameters?'],
  ])('from %j is refused, and %s named', async (given, field, remedy) => {
    const { call } = await testApi();
    const { status, body } = await call('PUT', '/profile-types/mine', given);
    expect(status).toBe(400);
    expect(body.errors[0]?.field).toBe(field);
    if (remedy) expect(body.errors[0]?.remedy).toBe(remedy);
  });
});

describe('the name of a type', () => {
  test.each(['', '-x', 'a%2Fb', 'x'.repeat(65), 'a%0Ab'])('is not %j', async (name) => {
    const { call } = await testApi();
    expect([400, 404]).toContain((await call('PUT', `/profile-types/${name}`, {})).status);
  });
  test('may be that of an operator', async () => {
    const { call } = await testApi();
    expect((await call('PUT', '/profile-types/P9054-2', {})).status).toBe(201);
    expect((await call('POST', '/profiles', { profileType: 'P9054-2' })).status).toBe(201);
  });
});

describe('DELETE /profile-types/{name}', () => {
  test('removes a type', async () => {
    const { call } = await testApi();
    await call('PUT', '/profile-types/mine', {});
    expect((await call('DELETE', '/profile-types/mine')).status).toBe(204);
    expect((await call('GET', '/profile-types/mine')).status).toBe(404);
    expect((await call('DELETE', '/profile-types/mine')).status).toBe(404);
  });
  test('is refused for built-in types, and for types of which there are profiles', async () => {
    const { call } = await testApi();
    await call('PUT', '/profile-types/mine', {});
    await call('POST', '/profiles', { profileType: 'mine' });
    expect((await call('DELETE', '/profile-types/mine')).status).toBe(409);
    expect((await call('DELETE', '/profile-types/generic')).status).toBe(409);
    expect((await call('PUT', '/profile-types/generic', {})).status).toBe(409);
  });
});

describe('the requirements of a profile type', () => {
  const requirements = {
    svn: '2.3.0',
    memory: 100_000,
    rspCapability: ['additionalProfile'],
    uiccCapability: ['usimSupport', 'akaMilenage'],
    deviceCapabilities: { eutranEpcSupportedRelease: '9.0.0' },
  };

  test('can be said, are shown, and stay until they are said anew', async () => {
    const api = await testApi();
    const { status, body } = await api.call('PUT', '/profile-types/choosy', { requirements });
    expect(status).toBe(201);
    expect(body).toMatchObject({ requirements });
    expect(view.Check(body)).toBe(true);
    expect((await upload(api, 'choosy', upp)).body).toMatchObject({ source: 'uploaded', requirements });
    const cleared = await api.call('PUT', '/profile-types/choosy', { requirements: {} });
    expect(cleared.body).toMatchObject({ source: 'uploaded', requirements: {} });
  });

  test.each([
    [{ svn: '2.3' }, 'requirements.svn'],
    [{ memory: -1 }, 'requirements.memory'],
    [{ rspCapability: ['teleportation'] }, 'requirements.rspCapability.0'],
    [{ uiccCapability: 'usimSupport' }, 'requirements.uiccCapability'],
    [{ deviceCapabilities: { colour: '1.0.0' } }, 'requirements.deviceCapabilities.colour'],
  ])('%j are refused', async (wrong, field) => {
    const { call } = await testApi();
    const { status, body } = await call('PUT', '/profile-types/choosy', { requirements: wrong });
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.field)).toContain(field);
  });
});
