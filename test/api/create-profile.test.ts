import { describe, expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { CreatedProfile } from '../../src/api/profiles/create.js';
import { testApi } from './support.js';

const created = Compile(CreatedProfile);
const textWith = (part: string): unknown => expect.stringContaining(part);

describe('POST /profiles', () => {
  test('without a body prepares a profile that can be downloaded', async () => {
    const { app } = await testApi();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/profiles' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.location).toBe('/api/v1/profiles/8900101000000000019');
    expect(answer.json()).toEqual({
      id: 1,
      namespace: null,
      iccid: '8900101000000000019',
      profileType: 'generic',
      state: 'Released',
      eid: null,
      matchingId: '01010-10101-01010-10101',
      activationCode: 'LPA:1$smdp.example.com:8443$01010-10101-01010-10101',
      confirmationCodeRequired: false,
      confirmationCodeAttemptsLeft: 5,
      downloadAttemptsLeft: null,
      validUntil: null,
      smdsAddress: null,
      smds: null,
      reuse: 'once',
      operator: null,
      label: null,
      pool: null,
      imei: null,
      metadata: null,
      errorStatus: null,
      installedState: null,
      createdAt: '2030-06-01T12:00:00.000Z',
      updatedAt: '2030-06-01T12:00:00.000Z',
      warnings: [],
    });
  });

  test('takes an empty JSON body, whatever the client says of its type', async () => {
    const { app } = await testApi();
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
      const headers = { 'content-type': type };
      const answer = await app.inject({ method: 'POST', url: '/api/v1/profiles', headers, payload: '' });
      expect(answer.statusCode).toBe(201);
    }
  });

  test('answers what was asked for, in the form that its schema promises', async () => {
    const { call } = await testApi();
    const eid = '89049032123451234512345678901235';
    const { status, body } = await call('POST', '/profiles', {
      iccid: '8944476500001224158F',
      eid,
      matchingId: '',
      confirmationCode: '2468',
      downloadAttempts: 0,
      validUntil: '2031-01-31T12:00:00Z',
      metadata: { profileName: 'Mine', profilePolicyRules: ['ppr1'] },
    });
    expect(status).toBe(201);
    expect(created.Check(body)).toBe(true);
    expect(body).toMatchObject({
      iccid: '8944476500001224158',
      eid,
      matchingId: '',
      activationCode: 'LPA:1$smdp.example.com:8443$$$1',
      confirmationCodeRequired: true,
      downloadAttemptsLeft: 0,
      validUntil: '2031-01-31T12:00:00.000Z',
      metadata: { profileName: 'Mine', profilePolicyRules: ['ppr1'] },
    });
    expect(JSON.stringify(body)).not.toContain('2468');
  });

  test('warns of what ES2+ would refuse, and does it', async () => {
    const { call } = await testApi();
    const { status, body } = await call('POST', '/profiles', {
      matchingId: 'A_B',
      iccid: '89001010000000000010',
    });
    expect(status).toBe(201);
    expect(created.Check(body)).toBe(true);
    expect(body.warnings.map(({ field }) => field)).toEqual(['iccid', 'matchingId']);
  });

  test('names every member that it does not know, and the one that was meant', async () => {
    const { call } = await testApi();
    const { status, headers, body } = await call('POST', '/profiles', {
      matchingID: 'A',
      confirmation_code: '1',
      metadata: { profilName: 'x' },
      zzz: 1,
    });
    expect(status).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400 });
    expect(body.errors).toEqual([
      { field: 'matchingID', message: 'is not known', remedy: 'did you mean matchingId?' },
      { field: 'confirmation_code', message: 'is not known', remedy: 'did you mean confirmationCode?' },
      {
        field: 'zzz',
        message: 'is not known',
        remedy: textWith('known members: profileType, iccid'),
      },
      { field: 'metadata.profilName', message: 'is not known', remedy: 'did you mean profileName?' },
    ]);
  });

  test('says what a member of the wrong kind should be', async () => {
    const { call } = await testApi();
    const { body } = await call('POST', '/profiles', {
      state: 'released',
      downloadAttempts: '3',
      reuse: null,
      metadata: { profileClass: 'tests' },
    });
    expect(body.errors).toEqual([
      {
        field: 'downloadAttempts',
        message: textWith('must be a whole number: the number of downloads that devices may begin'),
      },
      { field: 'reuse', message: textWith('must be one of once, per-device, unlimited') },
      {
        field: 'state',
        message: textWith('must be one of Available, Allocated'),
        remedy: 'did you mean Released?',
      },
      {
        field: 'metadata.profileClass',
        message: 'must be test, provisioning or operational',
        remedy: 'did you mean test?',
      },
    ]);
  });

  test('names the type where the words fit what was given, too, and the length where it is that', async () => {
    const { call } = await testApi();
    const { body } = await call('POST', '/profiles', {
      iccid: 894944999900000100,
      confirmationCode: '',
      label: 'x'.repeat(1025),
      matchingId: 'X'.repeat(1025),
      metadata: [],
    });
    expect(body.errors).toEqual([
      { field: 'iccid', message: textWith('must be a string: 18 to 20 digits') },
      { field: 'matchingId', message: textWith('must be text of up to 255 characters') },
      {
        field: 'confirmationCode',
        message: textWith('must be at least 1 character: the code that the end user'),
      },
      { field: 'label', message: textWith('must be at most 1024 characters: a text by which') },
      { field: 'metadata', message: textWith('must be an object') },
    ]);
    expect(body.errors[4]!.message).not.toMatch(/an object.*an object/);
  });

  test('says what to do about a value that does not fit', async () => {
    const { call } = await testApi();
    const { status, body } = await call('POST', '/profiles', { iccid: '12', matchingId: '' });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([
      {
        field: 'iccid',
        remedy: 'give 18 to 20 digits, or leave iccid out: the profile then gets the next free ICCID',
      },
      { field: 'eid', remedy: 'give an eid, or leave matchingId out: the order then gets a new MatchingID' },
    ]);
  });

  test('answers 409 where an identifier is in use, and makes nothing', async () => {
    const { call, store } = await testApi();
    await call('POST', '/profiles', { matchingId: 'A', iccid: '8944476500001224158' });
    const sameCode = await call('POST', '/profiles', { matchingId: 'A' });
    expect(sameCode).toMatchObject({ status: 409, body: { errors: [{ field: 'matchingId' }] } });
    const sameIccid = await call('POST', '/profiles', { iccid: '8944476500001224158F' });
    expect(sameIccid).toMatchObject({ status: 409, body: { errors: [{ field: 'iccid' }] } });
    expect((await store.countProfiles()).Released).toBe(1);
  });
});
