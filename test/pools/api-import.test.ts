import { describe, expect, it } from 'vitest';
import { codes, listOf, rowOf } from './support/codes.js';
import { poolsApi } from './support/api.js';

describe('POST /pools?format=intune', () => {
  it('imports a list, and says where the pool is', async () => {
    const { upload, get } = await poolsApi();
    const answer = await upload(listOf(3));
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe('/api/v1/pools/smdp');
    expect(answer.json()).toEqual({
      name: 'smdp',
      smdpAddress: 'smdp.example.com',
      codes: 3,
      created: 3,
      unchanged: 0,
      kept: 0,
      withdrawn: 0,
      dryRun: false,
      remarks: [],
    });
    expect((await get('/smdp')).json()).toMatchObject({
      name: 'smdp',
      profiles: 3,
      smdpAddress: 'smdp.example.com',
      importedAt: '2030-06-01T12:00:00.000Z',
    });
  });

  it.each([
    'text/csv; charset=utf-8',
    'text/plain',
    'application/vnd.ms-excel',
    'application/x-www-form-urlencoded',
  ])('takes it as %s too', async (contentType) => {
    const { upload } = await poolsApi();
    expect((await upload(listOf(1), 'format=intune', contentType)).statusCode).toBe(201);
  });

  it('calls the pool after the file where it is asked to', async () => {
    const { upload } = await poolsApi();
    const answer = await upload(listOf(1), 'format=intune&naming=file&fileName=Spring%202030.csv');
    expect(answer.json()).toMatchObject({ name: 'Spring 2030' });
    expect(answer.headers['location']).toBe('/api/v1/pools/Spring%202030');
  });

  it('says that the file needs a name for that', async () => {
    const { upload } = await poolsApi();
    const answer = await upload(listOf(1), 'format=intune&naming=file');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'fileName' }] });
  });

  it('says that nothing has changed where nothing has', async () => {
    const { upload } = await poolsApi();
    await upload(listOf(3));
    const again = await upload(listOf(3));
    expect(again.statusCode).toBe(200);
    expect(again.json()).toMatchObject({
      created: 0,
      unchanged: 3,
      remarks: ['nothing was changed: every code of the list already existed'],
    });
  });

  it('says what a longer list has left as it was', async () => {
    const { upload } = await poolsApi();
    await upload(listOf(2));
    expect((await upload(listOf(3))).json()).toMatchObject({
      created: 1,
      unchanged: 2,
      remarks: [
        '2 codes already exist; they stay unchanged',
        expect.stringContaining('upload the full list to the MDM system'),
      ],
    });
  });

  it('does nothing in a dry run', async () => {
    const { upload, get } = await poolsApi();
    const answer = await upload(listOf(2), 'format=intune&dryRun=true');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ dryRun: true, created: 2 });
    expect((await get('')).json()).toEqual({ items: [] });
  });

  it('refuses what is wrong with the list line by line, and imports nothing', async () => {
    const { upload, get } = await poolsApi();
    const answer = await upload(`https://smdp.example.com\n${rowOf(1)},\n${rowOf(2)}\n`);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      detail: expect.stringContaining('nothing was imported: line 1, column 1: this is a URL') as string,
      errors: [
        {
          line: 1,
          column: 1,
          field: 'smdpAddress',
          value: 'https://smdp.example.com',
          remedy: expect.any(String) as string,
        },
        { line: 2, column: 3, field: 'row', message: 'a comma follows the MatchingID' },
      ],
    });
    expect((await get('')).json()).toEqual({ items: [] });
  });

  it('refuses 1,001 codes with the reason', async () => {
    const { upload } = await poolsApi();
    const answer = await upload(listOf(1001));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('one list per provider');
  });

  it('refuses a second list of the provider', async () => {
    const { upload } = await poolsApi();
    await upload(listOf(1), 'format=intune&naming=file&fileName=a.csv');
    const answer = await upload(listOf(2), 'format=intune&naming=file&fileName=b.csv');
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({
      errors: [{ field: 'name', remedy: expect.stringContaining("'a'") as string }],
    });
  });

  it('refuses a shorter list unless it is told what to do, and then does it', async () => {
    const { upload } = await poolsApi();
    await upload(listOf(3));
    const shorter = await upload(listOf(2));
    expect(shorter.statusCode).toBe(409);
    expect(shorter.json()).toMatchObject({ errors: [{ field: 'replace' }] });
    expect((await upload(listOf(2), 'format=intune&replace=true')).json()).toMatchObject({ kept: 1 });
    const answer = await upload(listOf(2), 'format=intune&withdrawMissing=true');
    expect(answer.json()).toMatchObject({
      withdrawn: 1,
      remarks: expect.arrayContaining([
        expect.stringContaining('1 codes that the list lacks were withdrawn'),
      ]) as string[],
    });
  });

  it('refuses codes of other profiles with their lines', async () => {
    const { upload, post } = await poolsApi();
    await post({ name: 'other', count: 1 });
    await upload(listOf(1));
    const [iccid] = rowOf(2).split(',');
    const answer = await upload(`${listOf(1)}${iccid},${rowOf(1).split(',')[1]}\n`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ line: 3, column: 2 }] });
  });

  it('refuses an unknown profile type by naming those that there are', async () => {
    const { upload } = await poolsApi();
    const answer = await upload(listOf(1), 'format=intune&profileType=generik');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      errors: [{ field: 'profileType', remedy: expect.stringContaining('generic') as string }],
    });
  });

  it.each<[name: string, query: string, contentType: string, status: number]>([
    ['a list without its format', '', 'text/csv', 400],
    ['an unknown format', 'format=csv', 'text/csv', 400],
    ['a parameter with a typing error', 'format=intune&nameing=file', 'text/csv', 400],
    ['a form', 'format=intune', 'multipart/form-data; boundary=x', 415],
    ['a list that is called JSON', 'format=intune', 'application/json', 400],
  ])('refuses %s', async (_, query, contentType, status) => {
    const { upload } = await poolsApi();
    expect((await upload(listOf(1), query, contentType)).statusCode).toBe(status);
  });

  it('refuses JSON where a list was announced', async () => {
    const { upload } = await poolsApi();
    const answer = await upload('{"name":"a","count":1}', 'format=intune', 'application/json');
    expect(answer.statusCode).toBe(415);
  });

  it('refuses an empty body as an empty file', async () => {
    const { upload } = await poolsApi();
    const answer = await upload('');
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('the file is empty');
  });

  it('refuses a file that is much too large before it has read it', async () => {
    const { upload } = await poolsApi();
    const answer = await upload(Buffer.alloc(1024 * 1024 + 1, 'x'));
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('at most 1000');
  });
});

describe('POST /pools', () => {
  it('makes a pool of new codes', async () => {
    const { post, get, pool } = await poolsApi();
    const answer = await post({ name: 'demo', count: 3, label: 'stand 7', profileType: 'generic' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe('/api/v1/pools/demo');
    expect(answer.json()).toEqual({ name: 'demo', created: 3, warnings: [] });
    const profiles = await pool('demo');
    expect(new Set(profiles.map(({ matchingId }) => matchingId)).size).toBe(3);
    expect(profiles).toMatchObject([{ state: 'Released', label: 'stand 7' }, {}, {}]);
    expect((await get('/demo')).json()).toEqual({
      name: 'demo',
      profiles: 3,
      smdpAddress: null,
      importedAt: null,
      changedAt: null,
    });
  });

  it('refuses a name that is taken', async () => {
    const { post } = await poolsApi();
    await post({ name: 'demo', count: 1 });
    const answer = await post({ name: 'demo', count: 1 });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'name' }] });
  });

  it.each<[field: string, body: object]>([
    ['name', { count: 1 }],
    ['name', { name: 'a/b', count: 1 }],
    ['count', { name: 'a' }],
    ['count', { name: 'a', count: 0 }],
    ['count', { name: 'a', count: 10_001 }],
    ['iccid', { name: 'a', count: 2, iccid: '894944' }],
    ['matchingId', { name: 'a', count: 2, matchingId: 'M-1' }],
    ['profileType', { name: 'a', count: 1, profileType: 'none such' }],
  ])('refuses a wrong %s', async (field, body) => {
    const { post, get } = await poolsApi();
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ field }] });
    expect((await get('')).json()).toEqual({ items: [] });
  });
});

describe('pools', () => {
  it('are listed by name, whoever made them', async () => {
    const { upload, post, get } = await poolsApi();
    await upload(listOf(2));
    await post({ name: 'demo', count: 1 });
    expect((await get('')).json()).toMatchObject({
      items: [
        { name: 'demo', profiles: 1, smdpAddress: null },
        { name: 'smdp', profiles: 2, smdpAddress: 'smdp.example.com' },
      ],
    });
  });

  it('that nobody has are missed by name, with the one that was meant', async () => {
    const { upload, get, delete: remove } = await poolsApi();
    await upload(listOf(1));
    const answers = await Promise.all([
      ...['/smpd', '/smpd/status', '/smpd/activation-codes.csv', '/smpd/sheet.html'].map((path) => get(path)),
      remove('/smpd'),
    ]);
    for (const answer of answers) {
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ detail: "there is no pool 'smpd'; did you mean 'smdp'?" });
    }
  });

  it('are deleted but for what devices have', async () => {
    const { upload, change, delete: remove, get } = await poolsApi();
    await upload(listOf(3));
    await change(codes(1)[0]!.split(',')[0]!, { state: 'Installed' });
    const answer = await remove('/smdp');
    expect(answer.json()).toEqual({ removed: 2, kept: 1 });
    expect((await get('/smdp')).statusCode).toBe(404);
    expect((await upload(listOf(3))).json()).toMatchObject({ created: 2, unchanged: 1 });
  });

  it('may have any name that a file has', async () => {
    const { upload, get } = await poolsApi();
    const name = 'Été & "neu" #1 100%';
    await upload(listOf(1), `format=intune&naming=file&fileName=${encodeURIComponent(`${name}.csv`)}`);
    expect((await get(`/${encodeURIComponent(name)}`)).json()).toMatchObject({ name, profiles: 1 });
  });
});
