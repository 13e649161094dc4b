import { describe, expect, it } from 'vitest';
import { codes, listOf, rowOf } from './support/codes.js';
import { poolsApi, type PoolsApi } from './support/api.js';

const iccidOf = (number: number) => rowOf(number).split(',')[0]!;
const eid = '89049032123451234512345678901235';

describe('GET /pools/{name}/activation-codes.csv', () => {
  it('gives back the list that was imported, octet by octet', async () => {
    const { upload, get } = await poolsApi();
    await upload(listOf(1000));
    const answer = await get('/smdp/activation-codes.csv');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="smdp.csv"; filename*=UTF-8''smdp.csv`,
    );
    expect(answer.body).toBe(listOf(1000));
    expect(answer.headers).toMatchObject({ 'x-codes': '1000', 'x-left-out': '0' });
    expect(answer.headers['x-remarks']).toContain('without the port');
  });

  it('lists only codes that work that way, and says what it has left out', async () => {
    const { upload, change, get } = await poolsApi('smdp.example.com');
    await upload(listOf(5));
    await change(iccidOf(1), { state: 'Installed', eid });
    await change(iccidOf(2), { eid });
    await change(iccidOf(3), { confirmationCodeHash: Buffer.alloc(32) });
    await change(iccidOf(4), { matchingId: 'SHORT' });
    const answer = await get('/smdp/activation-codes.csv');
    expect(answer.body).toBe(`smdp.example.com\n${rowOf(5)}\n`);
    expect(answer.headers['x-left-out']).toBe('4; state=1; eid=1; confirmationCode=1; matchingId=1');
    expect(answer.headers['x-remarks']).toBe('');
  });

  it('is JSON where that is asked for, with whole activation codes', async () => {
    const { upload, change, get } = await poolsApi();
    await upload(listOf(2));
    await change(iccidOf(1), { eid });
    const [iccid, matchingId] = rowOf(2).split(',');
    const expected = {
      pool: 'smdp',
      smdpAddress: 'smdp.example.com:8443',
      codes: [{ iccid, matchingId, activationCode: `LPA:1$smdp.example.com:8443$${matchingId}` }],
      leftOut: [{ reason: 'eid', meaning: 'linked to an EID', count: 1 }],
      remarks: [expect.stringContaining('without the port')],
    };
    expect((await get('/smdp/activation-codes.csv', { accept: 'application/json' })).json()).toEqual(
      expected,
    );
    expect((await get('/smdp/activation-codes.csv?format=json')).json()).toEqual(expected);
  });

  it('refuses more codes than one list may have, with the reason; JSON has them all', async () => {
    const { post, get } = await poolsApi();
    await post({ name: 'large', count: 1001 });
    const answer = await get('/large/activation-codes.csv');
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('one list per provider');
    expect(answer.body).toContain('--split');
    const { codes: all } = (await get('/large/activation-codes.csv?format=json')).json<{
      codes: unknown[];
    }>();
    expect(all).toHaveLength(1001);
  });

  it('refuses a pool without such codes, and says why there are none', async () => {
    const { post, get } = await poolsApi();
    await post({ name: 'secret', count: 2, confirmationCode: '1234' });
    const answer = await get('/secret/activation-codes.csv');
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('2 requires a confirmation code');
  });

  it('is for one plan', async () => {
    const { upload, change, get } = await poolsApi();
    await upload(listOf(2));
    await change(iccidOf(1), { profileType: 'Test' });
    const answer = await get('/smdp/activation-codes.csv');
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'profileType' }] });
    expect((await get('/smdp/activation-codes.csv?profileType=Test')).body).toBe(
      `smdp.example.com\n${rowOf(1)}\n`,
    );
  });
});

/** A pool whose codes are each in another state. */
async function deployed(): Promise<PoolsApi> {
  const api = await poolsApi();
  await api.upload(listOf(4));
  await api.change(iccidOf(2), { state: 'Downloaded', eid });
  await api.change(iccidOf(3), { state: 'Installed', eid, installedState: 'enabled' });
  await api.change(iccidOf(4), { state: 'Error', eid, errorStatus: '8.2.10/4.2' });
  const third = (await api.byIccid(iccidOf(3)))!;
  const notification = {
    receivedAt: Date.parse('2030-06-01T11:00:00Z'),
    verified: true,
    octets: Buffer.alloc(1),
    eid,
    iccid: third.iccid,
    seqNumber: 1,
    operation: 'install',
    profileId: third.id,
    key: 'k',
    outcome: 'installed',
  };
  await api.store.commit([{ kind: 'recordNotification', notification }]);
  return api;
}

describe('GET /pools/{name}/status', () => {
  it('counts and lists devices in the words of MDM systems', async () => {
    const { get } = await deployed();
    const answer = await get('/smdp/status');
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.json()).toMatchObject({
      pool: 'smdp',
      total: 4,
      counts: { 'Device not synced': 1, 'Activation pending': 1, Active: 1, 'Activation fail': 1 },
      devices: [
        {
          eid: null,
          iccid: iccidOf(1),
          status: 'Device not synced',
          cellularStatus: 'Unknown',
          lastContact: null,
        },
        { eid, iccid: iccidOf(2), status: 'Activation pending' },
        { eid, status: 'Active', cellularStatus: 'Enabled', lastContact: '2030-06-01T11:00:00.000Z' },
        { eid, status: 'Activation fail', error: '8.2.10/4.2' },
      ],
    });
  });

  it('only counts where that is asked for', async () => {
    const { get } = await deployed();
    const answer = (await get('/smdp/status?devices=false')).json<Record<string, unknown>>();
    expect(Object.keys(answer)).toEqual(['pool', 'total', 'counts']);
    expect(answer['total']).toBe(4);
  });

  it.each<[how: string, query: string, headers: Record<string, string>]>([
    ['by format', '?format=csv', {}],
    ['by Accept', '', { accept: 'text/csv' }],
    ['by preference', '', { accept: 'application/json;q=0.5, text/*' }],
  ])('is CSV %s', async (_, query, headers) => {
    const { get } = await deployed();
    const answer = await get(`/smdp/status${query}`, headers);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.body.split('\n')).toEqual([
      'EID,ICCID,Status,Cellular status,Last contact',
      `,${iccidOf(1)},Device not synced,Unknown,`,
      `${eid},${iccidOf(2)},Activation pending,Unknown,`,
      `${eid},${iccidOf(3)},Active,Enabled,2030-06-01T11:00:00.000Z`,
      `${eid},${iccidOf(4)},Activation fail,Unknown,`,
      '',
    ]);
  });

  it('is streamed for pools of more than one page', async () => {
    const { post, get } = await poolsApi();
    await post({ name: 'large', count: 2500 });
    const answer = (await get('/large/status')).json<{ total: number; devices: { iccid: string }[] }>();
    expect(answer.total).toBe(2500);
    expect(new Set(answer.devices.map(({ iccid }) => iccid)).size).toBe(2500);
  });

  it('of a browser is JSON', async () => {
    const { get } = await deployed();
    const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    expect((await get('/smdp/status', { accept })).headers['content-type']).toContain('application/json');
  });
});

describe('GET /pools/{name}/sheet.html', () => {
  it('has a QR code for each activation code that can be used, and loads nothing', async () => {
    const { get, address } = await deployed();
    const answer = await get('/smdp/sheet.html');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body.match(/<svg /g)).toHaveLength(1);
    expect(answer.body).toContain(`LPA:1$${address}$${rowOf(1).split(',')[1]}`);
    expect(answer.body).toContain('3 profiles are not shown');
    expect(answer.body).toContain('@media print');
    expect(answer.body).not.toMatch(/<script|<img|<link|src=|href=|url\(/);
  });

  it('takes no text for markup', async () => {
    const { post, get } = await poolsApi();
    await post({ name: '<b>&"', count: 1, label: `<script>alert('x')</script>` });
    const { body } = await get(`/${encodeURIComponent('<b>&"')}/sheet.html`);
    expect(body).not.toContain('<script');
    expect(body).not.toContain('<b>');
    expect(body).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
  });

  it('says of whom a code is and what it asks for', async () => {
    const { post, change, get, pool } = await poolsApi();
    await post({ name: 'p', count: 1, confirmationCode: '1234' });
    await change((await pool('p'))[0]!.iccid, { eid });
    const { body } = await get('/p/sheet.html');
    expect(body).toContain(`for EID ${eid} only`);
    expect(body).toContain('needs a confirmation code');
    expect(body).not.toContain('1234<');
  });

  it('shows as many codes as there are', async () => {
    const { upload, get } = await poolsApi();
    await upload(listOf(50));
    const { body } = await get('/smdp/sheet.html');
    for (const row of codes(50)) expect(body).toContain(row.split(',')[1]);
  });
});
