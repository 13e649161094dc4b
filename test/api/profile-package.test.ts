import { describe, expect, test } from 'vitest';
import { lintPackage, readUpp } from '../../src/profiles/index.js';
import { testApi } from './support.js';

const iccid = '8900101000000000019';

describe('the package of a profile', () => {
  test('is the DER that a download of this profile installs', async () => {
    const { app, call, profileTypes, store } = await testApi();
    await call('POST', '/profiles', { iccid });
    const answer = await app.inject({ url: `/api/v1/profiles/${iccid}/package` });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/octet-stream']);
    const profile = (await store.profilesByIccid(iccid))[0]!;
    const type = await profileTypes.get(profile.profileType);
    expect(answer.rawPayload.equals(type.package(profile))).toBe(true);
    expect(readUpp(answer.rawPayload)).toMatchObject({ fileIccid: iccid, headerIccid: iccid });
    expect(lintPackage(answer.rawPayload)).toEqual([]);
  });

  test('is that of the profile that the MatchingID picks', async () => {
    const { app, call } = await testApi();
    await call('POST', '/profiles', { matchingId: 'CODE' });
    const path = '/api/v1/profiles/id:1/package?matchingId=';
    expect((await app.inject({ url: `${path}CODE` })).statusCode).toBe(200);
    expect((await app.inject({ url: `${path}OTHER` })).statusCode).toBe(404);
  });
});
