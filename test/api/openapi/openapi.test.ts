import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../../src/api/index.js';
import { schemaNames } from '../../../src/api/openapi/components.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { resolved } from '../../server/resolved-schema.js';
import { startForTest } from '../../server/support.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

interface Operation {
  readonly operationId?: string;
  readonly security?: unknown;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: object;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly security?: unknown;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const certs = await testPkiFolder();
const server = await startForTest({ certs });
const get = (path: string, init?: RequestInit): Promise<Response> => fetch(server.operatorUrl + path, init);
const document = (await (await get('/openapi.json')).json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
);
const bodies = operations.flatMap(([call, { requestBody }]) => {
  const json = requestBody?.content['application/json'];
  return json ? [[call, json] as const] : [];
});

describe('openapi.json', () => {
  it('describes the control API, ES2+, and how the server is watched', () => {
    expect(document.openapi).toBe('3.1.0');
    const calls = operations.map(([call]) => call);
    expect(calls).toEqual(
      expect.arrayContaining([
        'POST /api/v1/profiles',
        'GET /api/v1/profiles/{iccid}',
        'POST /api/v1/manifests',
        'POST /gsma/rsp2/es2plus/downloadOrder',
        'POST /gsma/rsp2/es2plus/releaseProfile',
      ]),
    );
    const others = calls.filter((call) => !/ \/(api\/v1|gsma\/rsp2\/es2plus)\//.test(call));
    expect(others.sort()).toEqual(['GET /healthz', 'GET /metrics', 'GET /readyz']);
  });

  it('declares the header, and says which calls are about what no namespace has', () => {
    const header = ([, { parameters = [] }]: (typeof operations)[number]): string =>
      parameters.find((one) => one.in === 'header')?.description ?? '';
    const taking = operations.filter((one) => header(one).startsWith('the namespace')).map(([call]) => call);
    expect(taking).toEqual(
      expect.arrayContaining([
        'POST /api/v1/profiles',
        'GET /api/v1/exchanges',
        'POST /api/v1/faults',
        'POST /api/v1/reset',
        'POST /gsma/rsp2/es2plus/confirmOrder',
      ]),
    );
    for (const shared of ['PUT /api/v1/clock', 'POST /api/v1/snapshots', 'GET /api/v1/profile-types']) {
      expect(taking).not.toContain(shared);
      expect(header(operations.find(([call]) => call === shared)!)).toMatch(
        'things that all namespaces share',
      );
    }
  });

  it('names every operation, each otherwise, and every schema that it has a name for', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(ids).toEqual(expect.arrayContaining(['getProfilesByIccid', 'downloadOrder', 'postVerify']));
    expect(new Set(ids).size).toBe(operations.length);
    expect(Object.keys(document.components.schemas).sort()).toEqual(Object.keys(schemaNames).sort());
    const named = JSON.stringify(document);
    for (const name of Object.keys(schemaNames)) expect(named).toContain(`"#/components/schemas/${name}"`);
  });

  it.each(operations)('says of %s what it does, and what it is about', (_, { tags, summary, responses }) => {
    expect(tags).toHaveLength(1);
    expect(summary).toMatch(/^[A-Z]/);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining([expect.stringMatching(/^(4XX|503)$/)]));
  });

  it.each(bodies)('has an example for the body of %s, which its schema takes', (_, { schema, example }) => {
    expect(example).toBeTypeOf('object');
    expect(compileValidator({ schema: resolved(schema, document), httpPart: 'body' })(example)).toEqual({
      value: example,
    });
  });

  it('can be read without the bearer token that the calls need', async () => {
    const { operatorUrl } = await startForTest({ certs, adminToken: 'sixteen-characters' });
    const answer = await fetch(`${operatorUrl}/openapi.json`);
    expect(await answer.json()).toMatchObject({ security: [{ token: [] }] });
    expect((await fetch(`${operatorUrl}/docs`)).status).toBe(200);
    expect((await fetch(`${operatorUrl}/docs/other`)).status).toBe(401);
    expect(document.security).toEqual([{ token: [] }, {}]);
    expect(document.paths['/readyz']!['get']!.security).toEqual([]);
  });
});

it.each([
  [{}, 'a bearer token is needed', 'Bearer'],
  [
    { authorization: 'Bearer sixteen-character' },
    'the bearer token is wrong',
    'Bearer error="invalid_token"',
  ],
])('who has no token and who has a wrong one are told so: %j', async (headers, said, challenge) => {
  const { operatorUrl } = await startForTest({ certs, adminToken: 'sixteen-characters' });
  const answer = await fetch(`${operatorUrl}/api/v1/profiles`, { headers });
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge]);
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining(said) as unknown });
});

it('ES2+ on the operator-facing listener says what a body has to be', async () => {
  const { operatorUrl } = await startForTest({ certs });
  const url = `${operatorUrl}/gsma/rsp2/es2plus/downloadOrder`;
  const answer = await fetch(url, { method: 'POST', body: 'x' });
  expect(answer.status).toBe(415);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.text()).toContain('send Content-Type: application/json');
});

describe('/docs', () => {
  it('is named in the answer to an unknown call', async () => {
    for (const path of ['/nowhere', '/gsma/rsp2/es2plus/downloadOrders?x=1', '/api/v1/nowhere']) {
      const answer = await get(path);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const detail = `there is no GET ${path.split('?')[0]}; /docs lists all calls`;
      expect(await answer.json()).toMatchObject({ status: 404, detail, errors: [] });
    }
  });

  it('is a page with nothing from elsewhere, which its content security policy would not let in', async () => {
    const page = await get('/docs');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    const files = parts.filter((part) => part !== 'data:,');
    expect(files).toHaveLength(3);
    for (const file of files) expect((await fetch(new URL(file, page.url))).status).toBe(200);
    expect(html).not.toMatch(/<script>| on\w+=/);
  });
});
