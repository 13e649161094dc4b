import { beforeAll, describe, expect, it } from 'vitest';
import { readRecording } from '../../../src/replay/index.js';
import { startWatchedServer } from './support.js';

const server = await startWatchedServer();

const deep = (open: string, close: string, levels = 5000): string =>
  open.repeat(levels) + close.repeat(levels);
const transactionId = '0102030405060708090A0B0C0D0E0F10';

/** Hostile bodies that might break a reader of the journal. */
const bodies: Readonly<Record<string, string | Buffer>> = {
  'nested lists': `{"transactionId":"${transactionId}","a":${deep('[', ']')}}`,
  'nested objects': `{"transactionId":"${transactionId}","a":${deep('{"a":', '}').replace('{"a":}', '{}')}}`,
  'lists that are never closed': `{"a":${'['.repeat(60_000)}`,
  'a prototype': `{"transactionId":"${transactionId}","__proto__":{"toString":null},"constructor":{"prototype":1}}`,
  'lone surrogates': `{"transactionId":"${transactionId}","a":"\\ud800","\\udfff":"\\udbff\\udbff"}`,
  NUL: `{"transactionId":"${transactionId}","\\u0000":"\\u0000\\u0001\\u007f"}`,
  'huge numbers': `{"transactionId":"${transactionId}","a":1e999,"b":-1e999,"c":${'9'.repeat(10_000)}}`,
  'many members': `{"transactionId":"${transactionId}"${Array.from({ length: 10_000 }, (_, at) => `,"${at}":0`).join('')}}`,
  'members that are there twice': `{"transactionId":"${transactionId}","transactionId":"AB","transactionId":{}}`,
  'an enormous text': `{"transactionId":"${transactionId}","a":"${'\\u0000'.repeat(20_000)}"}`,
  'no text': Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
  'an object in the place of DER': `{"transactionId":"${transactionId}","authenticateServerResponse":{"authenticateResponseOk":{}}}`,
  'a truth in the place of DER': `{"transactionId":"${transactionId}","authenticateServerResponse":{"authenticateResponseOk":true}}`,
  'DER in DER in DER': `{"transactionId":"${transactionId}","authenticateServerResponse":"${Buffer.from('bf3882'.repeat(10_000), 'hex').toString('base64')}","pendingNotification":"${Buffer.from('3080'.repeat(10_000), 'hex').toString('base64')}","prepareDownloadResponse":"MIAA","boundProfilePackage":"/////w=="}`,
  'a list': '[]',
  nothing: '',
};

const functions = [
  'initiateAuthentication',
  'authenticateClient',
  'getBoundProfilePackage',
  'handleNotification',
  'cancelSession',
];
const types = [
  'application/json',
  'application/json;charset=utf-8',
  'text/x-"unheard-of"',
  'application/xml',
];

beforeAll(async () => {
  for (const name of functions) {
    for (const [index, body] of Object.values(bodies).entries()) {
      const url = `${server.deviceUrl}/gsma/rsp2/es9plus/${name}`;
      const { status } = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': types[index % 8 === 7 ? 2 : 0]!, 'X-Odd': '__proto__' },
        body,
      });
      expect(status).toBeLessThan(500);
    }
  }
}, 60_000);

describe('a journal full of hostile entries', () => {
  it.each([
    '/exchanges?limit=10000',
    '/exchanges/export',
    '/exchanges/export?secrets=true',
    '/sessions',
    `/sessions/${transactionId}`,
    `/sessions/${transactionId}?secrets=true`,
    '/profiles',
    '/warnings',
  ])('can be read: GET %s', async (path) => {
    const { status, body } = await server.call('GET', path);
    expect(status).toBe(200);
    expect(body).toBeTypeOf('object');
  });

  it('can be read entry by entry, each with the text that was sent', async () => {
    const items = await server.exchanges('limit=10000');
    expect(items.length).toBeGreaterThanOrEqual(Object.keys(bodies).length * functions.length - 10);
    for (const { id } of items) {
      for (const secrets of [false, true]) {
        const { status, body } = await server.call('GET', `/exchanges/${id}?secrets=${secrets}`);
        expect(status).toBe(200);
        expect(body).toMatchObject({ id });
      }
    }
  });

  it('keeps a body that is nested too deeply as text', async () => {
    const file = await server.get<{ exchanges: { request?: { body?: string; decoded?: unknown } }[] }>(
      '/exchanges/export',
    );
    const nested = file.exchanges.filter(({ request }) => request?.body?.includes('[[[['));
    expect(nested).not.toEqual([]);
    for (const { request } of nested) expect(request).not.toHaveProperty('decoded');
  });

  it('can be verified, with what comes near', async () => {
    const expectation = { expect: { function: 'authenticateClient', session: 'AB' }, count: { exactly: 99 } };
    const { status, body } = await server.call('POST', '/verify', expectation);
    expect(status).toBe(417);
    expect(body).toMatchObject({ ok: false, nearMisses: expect.any(Array) as unknown });
  });

  it('can be exported into a file that a replay reads', async () => {
    const { body } = await server.call('GET', '/exchanges/export?secrets=true');
    await expect(readRecording(Buffer.from(JSON.stringify(body)))).resolves.toHaveProperty('exchanges');
  });

  it('can be followed', async () => {
    const answer = await fetch(`${server.operatorUrl}/api/v1/events?since=0`);
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (
      !text.includes(`event: exchange`) ||
      text.split('event: exchange').length < functions.length * 10
    ) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`the stream ended after ${text.length} characters`);
      text += value;
    }
    await reader.cancel();
  });
});
