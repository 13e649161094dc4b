import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/wire/rsp/index.js';
import { answerIn, operator, startOperatorSide, type OperatorSide } from './support.js';

let smdp: OperatorSide;
let iccid: string;
beforeAll(async () => {
  smdp = await startOperatorSide();
  ({ iccid } = await smdp.stock());
});

const header = { functionRequesterIdentifier: operator, functionCallIdentifier: 'FCI-1' };
const statusOf = async (payload: string) => answerIn(await smdp.send('downloadOrder', payload)).status;

describe('the header of a request', () => {
  it.each([
    ['no header', {}, '1.3.1/2.2'],
    ['a header that is null', { header: null }, '1.3.1/2.2'],
    ['a header that is a text', { header: 'FCI-1' }, '1.3.1/2.1'],
    ['a header that is a list', { header: [header] }, '1.3.1/2.1'],
    ['no functionRequesterIdentifier', { header: { functionCallIdentifier: 'FCI-1' } }, '1.3.1/2.2'],
    ['no functionCallIdentifier', { header: { functionRequesterIdentifier: operator } }, '1.3.1/2.2'],
    ['an empty identifier', { header: { ...header, functionCallIdentifier: '' } }, '1.3.1/2.2'],
    ['an identifier that is a number', { header: { ...header, functionCallIdentifier: 1 } }, '1.3.1/2.1'],
    [
      'an endless identifier',
      { header: { ...header, functionCallIdentifier: 'F'.repeat(1025) } },
      '1.3.1/2.1',
    ],
  ])('%s', async (_, body, status) => {
    const before = await smdp.trace(iccid);
    expect(await statusOf(JSON.stringify({ ...body, iccid }))).toBe(status);
    expect(await smdp.trace(iccid)).toEqual(before);
  });
});

describe('a body', () => {
  it.each(['', '{', '[]', 'null', '"text"', '{"header":'])(
    '%j is refused in band with 1.3.1/2.1',
    async (body) => {
      expect(await statusOf(body)).toBe('1.3.1/2.1');
    },
  );

  it('has no power over the prototype of anything', async () => {
    const payload = `{"__proto__":{"header":${JSON.stringify(header)},"iccid":"${iccid}"}}`;
    expect(await statusOf(payload)).toBe('1.3.1/2.2');
  });

  it('that is not JSON by its type is HTTP 415', async () => {
    const body = JSON.stringify({ header, iccid });
    const { status } = await smdp.send('downloadOrder', body, { 'content-type': 'text/xml' });
    expect(status).toBe(415);
  });

  it('that is too long is HTTP 413', async () => {
    const { status } = await smdp.send('downloadOrder', `"${'x'.repeat(200_000)}"`);
    expect(status).toBe(413);
  });

  it('may name its character set', async () => {
    const order = JSON.stringify({ header, iccid });
    const type = { 'content-type': 'application/json;charset=UTF-8' };
    expect(answerIn(await smdp.send('downloadOrder', order, type)).status).toBe('Executed-Success');
  });
});

describe('ES2+ over HTTP', () => {
  it.each(['GET', 'PUT'] as const)('knows no %s', async (method) => {
    const { status, headers } = await smdp.send('confirmOrder', '', {}, method);
    expect(status).toBe(405);
    expect(headers['allow']).toBe('POST');
  });

  it('knows no other function', async () => {
    expect((await smdp.send('handleDownloadProgressInfo', '{}')).status).toBe(404);
  });

  it('answers in an older version of SGP.22 where it is asked to', async () => {
    const { headers } = await smdp.send('releaseProfile', '{}', { 'x-admin-protocol': 'gsma/rsp/v2.2.0' });
    expect(headers['x-admin-protocol']).toBe('gsma/rsp/v2.2.0');
  });

  it('refuses with messages that are plain and short', () => {
    expect(new Refusal('8.2.1/3.9', 'Ä'.repeat(200)).shortMessage).toBe(`${'?'.repeat(117)}...`);
  });
});
