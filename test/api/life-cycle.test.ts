import { describe, expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { ProfileView } from '../../src/api/index.js';
import { testApi } from './support.js';

const view = Compile(ProfileView);

describe('the life cycle by hand', () => {
  test('release makes a confirmed order downloadable', async () => {
    const { call } = await testApi();
    await call('POST', '/profiles', { state: 'Confirmed' });
    const { status, body } = await call('POST', '/profiles/8900101000000000019/release');
    expect(status).toBe(200);
    expect(view.Check(body)).toBe(true);
    expect(body.state).toBe('Released');
  });

  test('cancel puts a profile back into stock, or withdraws it', async () => {
    const { call } = await testApi();
    await call('POST', '/profiles');
    expect((await call('POST', '/profiles/id:1/cancel')).body).toMatchObject({
      state: 'Available',
      matchingId: null,
      activationCode: null,
    });
    await call('POST', '/profiles');
    const body = { finalProfileStatusIndicator: 'Unavailable' };
    expect((await call('POST', '/profiles/id:2/cancel', body)).body.state).toBe('Unavailable');
  });

  test('reset makes a spent profile downloadable again, under the same code', async () => {
    const { call } = await testApi();
    await call('POST', '/profiles', { state: 'Installed', matchingId: 'CODE' });
    const { body } = await call('POST', '/profiles/id:1/reset', { downloadAttempts: 2 });
    expect(body).toMatchObject({
      state: 'Released',
      matchingId: 'CODE',
      installedState: null,
      downloadAttemptsLeft: 2,
    });
    const { history } = (await call('GET', '/profiles/id:1')).body;
    expect(history).toMatchObject([
      { trigger: 'reset', from: 'Installed', to: 'Released', cause: 'by hand' },
    ]);
  });

  test.each([
    ['release', 'Available', '8.2.1/3.5'],
    ['cancel', 'Installed', '8.2.1/3.3'],
    ['reset', 'Confirmed', '8.2.1/3.5'],
  ])('%s of a profile that is %s is answered with 409 and %s', async (action, state, refusal) => {
    const { call } = await testApi();
    const { body: before } = await call('POST', '/profiles', { state });
    const { status, body } = await call('POST', `/profiles/id:1/${action}`);
    expect(status).toBe(409);
    expect(body).toMatchObject({ status: 409, refusal });
    expect(body.detail).toContain(`profile is ${state}`);
    expect((await call('GET', '/profiles/id:1')).body).toMatchObject({ state, updatedAt: before.updatedAt });
  });

  test.each([
    ['release', { now: true }, 'now'],
    ['cancel', { finalProfileStatusIndicator: 'Gone' }, 'finalProfileStatusIndicator'],
    ['cancel', { final: 'Available' }, 'final'],
    ['reset', { downloadAttempts: -1 }, 'downloadAttempts'],
  ])('%s with %j is refused, and %s named', async (action, given, field) => {
    const { call } = await testApi();
    await call('POST', '/profiles');
    const { status, body } = await call('POST', `/profiles/id:1/${action}`, given);
    expect(status).toBe(400);
    expect(body.errors[0]?.field).toBe(field);
  });

  test('of a profile that does not exist is answered with 404', async () => {
    const { call } = await testApi();
    for (const action of ['release', 'cancel', 'reset'])
      expect((await call('POST', `/profiles/8900101000000000019/${action}`)).status).toBe(404);
  });
});
