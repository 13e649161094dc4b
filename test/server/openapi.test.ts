import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/control/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { startForTest } from './support.js';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: object;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly security?: unknown;
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
  it('describes the control API and ES2+, and nothing else', () => {
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
    expect(calls.filter((call) => !/ \/(api\/v1|gsma\/rsp2\/es2plus)\//.test(call))).toEqual([]);
  });

  it('declares the header for calls about what is in a namespace, and for no others', () => {
    const taking = operations
      .filter(([, { parameters = [] }]) => parameters.some((one) => one.in === 'header'))
      .map(([call]) => call);
    expect(taking).toEqual(
      expect.arrayContaining([
        'POST /api/v1/profiles',
        'GET /api/v1/exchanges',
        'POST /api/v1/faults',
        'POST /api/v1/reset',
      ]),
    );
    for (const shared of ['PUT /api/v1/clock', 'POST /api/v1/snapshots', 'GET /api/v1/profile-types'])
      expect(taking).not.toContain(shared);
  });

  it.each(operations)('says of %s what it does, and what it is about', (_, { tags, summary, responses }) => {
    expect(tags).toHaveLength(1);
    expect(summary).toMatch(/^[A-Z]/);
    expect(Object.keys(responses)).not.toHaveLength(0);
  });

  it.each(bodies)('has an example for the body of %s, which its schema takes', (_, { schema, example }) => {
    expect(example).toBeTypeOf('object');
    expect(compileValidator({ schema, httpPart: 'body' })(example)).toEqual({ value: example });
  });

  it('demands the bearer token of those who call, not of those who read it', async () => {
    const { operatorUrl } = await startForTest({ certs, adminToken: 'sixteen-characters' });
    const answer = await fetch(`${operatorUrl}/openapi.json`);
    expect(await answer.json()).toMatchObject({ security: [{ token: [] }] });
    expect((await fetch(`${operatorUrl}/docs`)).status).toBe(200);
    expect((await fetch(`${operatorUrl}/docs/other`)).status).toBe(401);
    expect(document.security).toBeUndefined();
  });
});

describe('/docs', () => {
  it('is a page with nothing from elsewhere, which its content security policy would not let in', async () => {
    const page = await get('/docs');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
    const files = parts.filter((part) => part !== 'data:,');
    expect(files).toHaveLength(3);
    for (const file of files) expect((await get(file)).status).toBe(200);
    expect(html).not.toMatch(/<script>| on\w+=/);
  });
});
