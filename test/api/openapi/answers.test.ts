import { expect, it } from 'vitest';
import { compileValidator } from '../../../src/api/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { closed, resolved } from '../../server/resolved-schema.js';
import { startForTest } from '../../server/support.js';

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const adminToken = 'sixteen-characters';
const { operatorUrl } = await startForTest({ certs: await testPkiFolder(), adminToken });
const document = (await (await fetch(`${operatorUrl}/openapi.json`)).json()) as Document;

interface Asked {
  readonly headers?: Record<string, string>;
  readonly type?: string;
  readonly body?: string;
}

async function ask(method: string, path: string, { headers = {}, type, body }: Asked = {}) {
  const answer = await fetch(operatorUrl + path, {
    method,
    headers: {
      Authorization: `Bearer ${adminToken}`,
      ...(body !== undefined && { 'Content-Type': type ?? 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? '';
  return { status: answer.status, mediaType, text: await answer.text() };
}

const iccid = '8949449999000000010';
const header = { functionRequesterIdentifier: 'bss.example.com', functionCallIdentifier: '1' };
const inNamespace = { 'X-Mock-Namespace': 'one' };
const noNamespace = { 'X-Mock-Namespace': 'a_b' };
const es2plus = '/gsma/rsp2/es2plus/';
await ask('POST', '/api/v1/profiles', { body: JSON.stringify({ iccid }) });

it.each<[status: number, call: string, path: string, asked?: Asked]>([
  [200, 'GET /healthz', '/healthz'],
  [200, 'GET /readyz', '/readyz'],
  [401, 'GET /metrics', '/metrics', { headers: { Authorization: 'Bearer wrong-wrong-wrong' } }],
  [401, 'GET /api/v1/profiles', '/api/v1/profiles', { headers: { Authorization: '' } }],
  [403, 'GET /api/v1/profiles', '/api/v1/profiles', { headers: { Origin: 'http://example.com' } }],
  [200, 'GET /api/v1/profiles', '/api/v1/profiles'],
  [200, 'GET /api/v1/profiles/{iccid}', `/api/v1/profiles/${iccid}`],
  [404, 'GET /api/v1/profiles/{iccid}', '/api/v1/profiles/8900000000000000000'],
  [417, 'GET /api/v1/profiles/{iccid}', `/api/v1/profiles/${iccid}?waitFor=Installed&timeout=0`],
  [201, 'POST /api/v1/profiles', '/api/v1/profiles', { body: '{}' }],
  [400, 'POST /api/v1/profiles', '/api/v1/profiles', { body: '{"iccid":"1"}' }],
  [400, 'POST /api/v1/profiles', '/api/v1/profiles', { body: '{' }],
  [409, 'POST /api/v1/profiles', '/api/v1/profiles', { body: JSON.stringify({ iccid }) }],
  [415, 'POST /api/v1/profiles', '/api/v1/profiles', { type: 'text/html', body: '<p>' }],
  [200, 'POST /api/v1/manifests', '/api/v1/manifests?dryRun=true', csv('89049032000000000000000000000163')],
  [422, 'POST /api/v1/manifests', '/api/v1/manifests', csv('1')],
  [422, 'POST /api/v1/manifests', '/api/v1/manifests', { type: 'text/csv', body: '"' }],
  [200, 'POST /api/v1/verify', '/api/v1/verify', { body: '{"expect":{},"count":{"exactly":0}}' }],
  [417, 'POST /api/v1/verify', '/api/v1/verify', { body: '{"expect":{"function":"authenticateClient"}}' }],
  [409, 'PUT /api/v1/clock', '/api/v1/clock', { headers: inNamespace, body: '{"frozen":true}' }],
  [400, 'GET /api/v1/clock', '/api/v1/clock', { headers: noNamespace }],
  [400, 'GET /api/v1/warnings', '/api/v1/warnings', { headers: noNamespace }],
  [200, 'POST /gsma/rsp2/es2plus/downloadOrder', `${es2plus}downloadOrder`, json({ header })],
  [200, 'POST /gsma/rsp2/es2plus/releaseProfile', `${es2plus}releaseProfile`, json({ header, iccid })],
  [
    415,
    'POST /gsma/rsp2/es2plus/downloadOrder',
    `${es2plus}downloadOrder`,
    { type: 'text/html', body: '<p>' },
  ],
  [
    401,
    'POST /gsma/rsp2/es2plus/downloadOrder',
    `${es2plus}downloadOrder`,
    { headers: { Authorization: '' } },
  ],
])('an answer %i to %s has what the document says, and nothing else', async (status, call, path, asked) => {
  const [method = '', template = ''] = call.split(' ');
  const answer = await ask(method, path, asked);
  expect([answer.status, answer.text]).toEqual([status, answer.text]);
  const { responses } = document.paths[template]![method.toLowerCase()]!;
  const declared = responses[status] ?? responses[`${String(status).charAt(0)}XX`];
  expect(declared).toBeDefined();
  if (answer.text === '') return expect(declared!.content).toBeUndefined();
  const { schema } = declared!.content![answer.mediaType]!;
  const body = JSON.parse(answer.text) as unknown;
  const check = compileValidator({ schema: closed(resolved(schema, document)), httpPart: 'body' });
  return expect(check(body)).toEqual({ value: body });
});

function csv(eid: string): Asked {
  return { type: 'text/csv', body: `eid\n${eid}\n` };
}

function json(body: object): Asked {
  return { body: JSON.stringify(body) };
}
