import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemDetails } from '../../src/api/http/problem.js';
import { nearest } from '../../src/base/did-you-mean.js';
import { ProfileRequest } from '../../src/orders/index.js';
import { Compile } from 'typebox/compile';
import { testApi } from './support.js';

const problem = Compile(ProblemDetails);

describe('a request that cannot be answered', () => {
  const json = { 'content-type': 'application/json' };
  test.each([
    ['JSON that ends too soon', '{"iccid":', json, 400],
    ['JSON that is no object', '[]', json, 400],
    ['JSON that is null', '"x"', json, 400],
    ['a prototype in the body', '{"metadata":{"__proto__":{"x":1}}}', json, 400],
    ['half of a surrogate pair', '{"label":"\\ud800"}', json, 400],
    ['half of a surrogate pair in a name', '{"\\udc00":1}', json, 400],
    ['nested lists', `{"label":${'['.repeat(9000)}${']'.repeat(9000)}}`, json, 400],
    ['a form', 'iccid=1', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['text', 'x', { 'content-type': 'text/plain' }, 415],
    ['a package where none is taken', 'x', { 'content-type': 'application/octet-stream' }, 415],
    ['no type at all', 'x', {}, 415],
    ['two megabytes', JSON.stringify({ label: 'x'.repeat(2_000_000) }), json, 413],
  ])('with %s gets problem details', async (_name, payload, headers, status) => {
    const { app } = await testApi();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/profiles', payload, headers });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problem.Check(answer.json())).toBe(true);
  });

  test.each([
    ['a body', { method: 'POST', url: '/api/v1/profiles' }, ''],
    ['a member of a body', { method: 'POST', url: '/api/v1/verify' }, 'expect.'],
  ] as const)('with many unknown members in %s is told some of them', async (_, call, prefix) => {
    const { app } = await testApi();
    for (const count of [8, 15, 1000]) {
      const members = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, index]));
      const payload = prefix === '' ? members : { expect: members };
      const answer = await app.inject({ ...call, payload });
      const { detail, errors } = answer.json<{ detail: string; errors: { field: string }[] }>();
      expect(answer.statusCode).toBe(400);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.length).toBeLessThanOrEqual(20);
      if (count < 20) expect(errors.map(({ field }) => field)).toContain(`${prefix}x7`);
      expect(detail).toMatch(/is not known|unknown members/);
    }
  });

  test.each([
    ['/api/v1/profiles?limit=1.5', 'limit'],
    ['/api/v1/profiles?limit=true', 'limit'],
    ['/api/v1/events?since=1.5', 'since'],
    ['/api/v1/exchanges/1.5', 'id'],
  ])('with something else than a whole number in %s is told so', async (url, field) => {
    const { app } = await testApi();
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors).toMatchObject([{ field }]);
  });

  test.each(['/api/v1', '/api/v1/nix', '/api/v1/profiles/1/2/3', '/api/v1/profiles/x/qr.gif'])(
    'for %s gets them too',
    async (url) => {
      const { app } = await testApi();
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBe(404);
      expect(problem.Check(answer.json())).toBe(true);
    },
  );

  test.each([
    ['GET', '/verify', 'POST'],
    ['PATCH', '/profiles/8900101000000000019', 'DELETE, GET, HEAD'],
    ['PUT', '/pools/summer/sheet.html?x=1', 'GET, HEAD'],
    ['DELETE', '/exchanges/17', 'GET, HEAD'],
  ] as const)('for %s %s is told which methods the path takes: %s', async (method, url, allow) => {
    const { app } = await testApi();
    const answer = await app.inject({ method, url: `/api/v1${url}` });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, allow]);
    expect(problem.Check(answer.json())).toBe(true);
    expect(answer.json<ProblemDetails>().detail).toContain(
      `does not accept ${method}; use ${allow.replaceAll(', ', ' or ')}`,
    );
  });

  test('is told that the path has the prefix twice', async () => {
    const { call } = await testApi();
    const { status, body } = await call('GET', '/api/v1/profiles');
    expect(status).toBe(404);
    expect(body.detail).toMatch(
      /there is no GET \/api\/v1\/api\/v1\/profiles: \/api\/v1 is in the path twice/,
    );
  });

  test('is told which value of an enumeration was probably meant', async () => {
    const { call } = await testApi();
    const { status, body } = await call('POST', '/profiles', { state: 'Instaled', reuse: 'xyz' });
    expect(status).toBe(400);
    const remedies = body.errors.map(({ field, remedy }) => [field, remedy]);
    expect(remedies).toContainEqual(['state', 'did you mean Installed?']);
    expect(remedies).toContainEqual(['reuse', undefined]);
    const filtered = await call('GET', '/profiles?state=Relased');
    expect(filtered.body.errors).toMatchObject([{ field: 'state', remedy: 'did you mean Released?' }]);
  });

  test('is told nothing about what went wrong inside', async () => {
    const { app, call, store } = await testApi();
    Object.assign(store, { profilesByIccid: () => Promise.reject(new Error('secret of the house')) });
    const { status, body } = await call('GET', '/profiles/8900101000000000019');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret');
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});

/** Values of every kind under the names that the call knows, so that some get far. */
const requests = fc.record(
  Object.fromEntries(
    Object.keys(ProfileRequest.properties).map((name) => [
      name,
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('generic', 'Test', '8900101000000000019', '', 'Released', 'Linked', '2030-02-31'),
        fc.stringMatching(/^[0-9]{17,33}F?$/),
        fc.jsonValue(),
      ),
    ]),
  ),
  { requiredKeys: [] },
);

test.each([
  ['POST', '/api/v1/profiles', 'send Content-Type: application/json'],
  ['PUT', '/api/v1/profile-types/x', 'send Content-Type: application/json or application/octet-stream'],
] as const)('%s %s of another type is told which it takes', async (method, url, said) => {
  const { app } = await testApi();
  const answer = await app.inject({ method, url, payload: 'x', headers: { 'content-type': 'text/plain' } });
  expect(answer.statusCode).toBe(415);
  expect(answer.json<{ detail: string }>().detail.endsWith(said)).toBe(true);
});

describe('whatever is sent', () => {
  test('POST /profiles makes a profile, or says what is wrong', async () => {
    const { call } = await testApi();
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const { status, body } = await call('POST', '/profiles', request);
        if (status === 201) expect(body.iccid).toMatch(/^[0-9]{18,20}$/);
        else {
          expect([400, 409]).toContain(status);
          expect(problem.Check(body)).toBe(true);
          expect(body.errors.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300, examples: [[{ label: { ['__proto__']: 0 } }]] },
    );
  });

  test('paths and queries never make the server fail', async () => {
    const { app, call } = await testApi();
    await call('POST', '/profiles');
    const part = fc.string({ unit: 'binary', maxLength: 40 }).map((text) => {
      try {
        return encodeURIComponent(text);
      } catch {
        return '%ED%A0%80';
      }
    });
    const pieces = fc.tuple(
      fc.constantFrom('GET', 'POST', 'PUT', 'DELETE') as fc.Arbitrary<'GET'>,
      fc.constantFrom('/profiles', '/profiles/', '/profile-types/', '/profiles/id:1/', '/profiles/id:'),
      part,
      fc.constantFrom('', '?', '?state=', '?matchingId=', '?cursor=', '?limit=', '?personalise='),
      part,
    );
    await fc.assert(
      fc.asyncProperty(pieces, async ([method, ...url]) => {
        const { statusCode } = await app.inject({ method, url: `/api/v1${url.join('')}` });
        expect(statusCode).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a name that is not known', () => {
  test.each([
    ['matchingid', 'matchingId'],
    ['matching_id', 'matchingId'],
    ['confimationCode', 'confirmationCode'],
    ['lable', 'label'],
    ['xyz', undefined],
    ['', undefined],
  ])('%j is taken for %s', (given, meant) => {
    expect(nearest(given, Object.keys(ProfileRequest.properties))).toBe(meant);
  });
});
