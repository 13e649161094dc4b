import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../cli/support/server.js';
import { eid, eids } from './support/files.js';

let server: TestServer;
const started: TestServer[] = [];
beforeEach(async () => {
  server = await startTestServer({ SMDP_SEED: 'none', SMDP_TLS: 'off' });
  started.push(server);
});
afterAll(() => Promise.all(started.map((each) => each.close())));

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly errors: readonly Record<string, string>[] };
}

async function post(
  file: string | Readable,
  query = '',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await fetch(`${server.operatorUrl}/api/v1/manifests${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv', ...headers },
    body: typeof file === 'string' ? file : Readable.toWeb(file),
    duplex: 'half',
  });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

describe('POST /manifests', () => {
  it('imports CSV and says how it was understood', async () => {
    const { status, body } = await post(`EID;Label\n${eid(1)};a\n${eid(2)};b\n`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      outcome: 'imported',
      rows: 2,
      added: 2,
      understood: {
        format: 'csv',
        encoding: 'UTF-8',
        delimiter: ';',
        columns: [{ field: 'eid' }, { field: 'label' }],
      },
      rejectedRows: [],
    });
    expect((await server.store.countProfiles()).Released).toBe(2);
  });

  it.each([
    ['application/x-ndjson', 200],
    ['application/jsonl', 200],
    ['application/octet-stream', 200],
    ['text/csv; charset=utf-8', 422],
    ['application/json', 415],
    ['application/x-www-form-urlencoded', 415],
  ])('takes NDJSON as %s: %d', async (type, status) => {
    const answer = await post(`{"eid":"${eid(1)}"}\n`, '', { 'Content-Type': type });
    expect(answer.status).toBe(status);
  });

  it('refuses wrong rows with line, column and remedy, and imports nothing', async () => {
    const { status, body } = await post(`eid\n${eid(1)}\n123\n`);
    expect(status).toBe(422);
    expect(body).toMatchObject({ outcome: 'refused', rejected: 1, added: 0, status: 422 });
    expect(body.errors).toEqual([
      {
        field: 'line 3, column 1, eid',
        message: "'123' has 3 digits, but an EID has 32",
        remedy: 'compare it with the source or with the label of the device',
      },
    ]);
    expect((await server.store.countProfiles()).Released).toBe(0);
  });

  it('refuses a file that it cannot understand', async () => {
    const { status, body } = await post('iccid\n8900101000000999038\n');
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({
      field: 'line 1',
      message: "no column is named eid; the headings are 'iccid'",
    });
  });

  it('refuses no body and unknown options', async () => {
    expect((await post('')).status).toBe(422);
    expect((await post(eids(1, 1), '?dryrun=true')).body.errors[0]).toMatchObject({
      field: 'dryrun',
      remedy: 'did you mean dryRun?',
    });
    expect((await post(eids(1, 1), '?profileType=nothing')).status).toBe(400);
  });

  it('does nothing in a dry run, leaves rows out, and gives all rows a label', async () => {
    expect((await post(eids(1, 3), '?dryRun=true')).body).toMatchObject({ outcome: 'checked', added: 3 });
    expect((await server.store.countProfiles()).Released).toBe(0);
    const { body } = await post(`${eids(1, 3)}123\n`, '?skipBadRows=true&label=june&pool=p&profileType=Test');
    expect(body).toMatchObject({ outcome: 'imported', added: 3, rejected: 1, rejectedRows: [{ line: 5 }] });
    const { items } = await server.store.listProfiles(
      { label: 'june', pool: 'p', profileType: 'Test' },
      { limit: 9 },
    );
    expect(items).toHaveLength(3);
  });

  it('tells of the import while it is under way, where that is asked for', async () => {
    const answer = await fetch(`${server.operatorUrl}/api/v1/manifests?skipBadRows=true`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv', Accept: 'application/x-ndjson' },
      body: `eid,label\n${eid(1)},a\n123,b\n`,
    });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const events = (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(events.map(({ kind }) => kind)).toEqual([
      'understood',
      'rejected',
      'progress',
      'progress',
      'done',
    ]);
    expect(events[1]).toMatchObject({ line: 3, source: ['123', 'b'] });
    expect(events.at(-1)).toMatchObject({ outcome: 'imported', added: 1, rejected: 1 });
  });

  it('answers a client that is still sending', async () => {
    function* endless(): Generator<Buffer, void> {
      yield Buffer.from('iccid\n');
      for (;;) yield Buffer.alloc(65_536, '8900101000000999038\n');
    }
    const status = await new Promise((resolve, reject) => {
      const sending = request(`${server.operatorUrl}/api/v1/manifests`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv' },
      });
      const source = Readable.from(endless());
      sending.once('response', (answer) => {
        resolve(answer.statusCode);
        source.destroy();
        sending.destroy();
      });
      sending.once('error', reject);
      source.pipe(sending);
    });
    expect(status).toBe(422);
  });

  it('leaves nothing of an import whose client goes away', async () => {
    const going = new AbortController();
    async function* file(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 5000));
      while (!(await server.store.openedBatch())) await new Promise((resolve) => setTimeout(resolve, 5));
      going.abort();
      await new Promise(() => undefined);
    }
    const posted = fetch(`${server.operatorUrl}/api/v1/manifests`, {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: Readable.toWeb(Readable.from(file())),
      signal: going.signal,
      duplex: 'half',
    });
    await expect(posted).rejects.toThrow();
    await expect.poll(() => server.store.openedBatch(), { timeout: 20_000 }).toBeUndefined();
    expect((await server.store.countProfiles()).Released).toBe(0);
    expect((await post(eids(1, 5000))).body).toMatchObject({ added: 5000 });
  });

  it('gives an import up when the server is stopped', async () => {
    let closed: Promise<void> | undefined;
    async function* file(): AsyncGenerator<Buffer, void> {
      yield Buffer.from(eids(1, 5000));
      while (!(await server.store.openedBatch())) await new Promise((resolve) => setTimeout(resolve, 5));
      closed = server.close();
      await new Promise(() => undefined);
    }
    const answer = await post(Readable.from(file())).catch(() => undefined);
    if (answer) expect(answer).toMatchObject({ status: 503 });
    await closed;
    expect(closed).toBeDefined();
  });
});

describe('a server seeded with a manifest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-seed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('has its profiles when it is ready, and gets them once', async () => {
    const settings = { SMDP_SEED: file('eids.csv', eids(1, 20)), SMDP_DATABASE: join(folder, 'a.db') };
    const first = await startTestServer(settings);
    expect(first.preloaded).toMatchObject({ outcome: 'imported', added: 20 });
    await first.close();
    const second = await startTestServer(settings);
    expect(second.preloaded).toBeUndefined();
    expect((await second.store.countProfiles()).Released).toBe(20);
    await second.close();
  });

  it.each([
    ['is not there', './nothing.csv', /SMDP_SEED\) is '.\/nothing.csv', which cannot be read \(ENOENT\)/],
    [
      'has a wrong row',
      file('wrong.csv', `eid\n${eid(1)}\n12\n`),
      /imported nothing from this file:\n {2}line 3: column 1/,
    ],
    ['is no manifest', file('no.csv', 'iccid\n'), /line 1: no column is named eid/],
  ])('does not start where the file %s', async (_, seed, message) => {
    await expect(startTestServer({ SMDP_SEED: seed })).rejects.toThrow(message);
  });

  it('looks for the file before a listener opens', async () => {
    const taken = new URL(server.deviceUrl).port;
    const start = startTestServer({ SMDP_SEED: './nothing.csv', SMDP_PORT: taken, SMDP_HOST: '127.0.0.1' });
    await expect(start).rejects.toThrow(/SMDP_SEED\) is/);
  });

  it('needs no file once the database has profiles', async () => {
    const settings = { SMDP_SEED: file('gone.csv', eids(1, 3)), SMDP_DATABASE: join(folder, 'b.db') };
    await (await startTestServer(settings)).close();
    rmSync(settings.SMDP_SEED);
    const again = await startTestServer(settings);
    expect((await again.store.countProfiles()).Released).toBe(3);
    await again.close();
  });

  it('does not take a word misspelt for a file', async () => {
    await expect(startTestServer({ SMDP_SEED: 'dmeo' })).rejects.toThrow(
      "there is no shipped seed 'dmeo'; did you mean demo?",
    );
  });

  it('takes the manifest that comes with the project', async () => {
    const stream = createReadStream(new URL('../../data/manifest.example.csv', import.meta.url));
    expect(await post(stream)).toMatchObject({ status: 200, body: { outcome: 'imported', rejected: 0 } });
  });
});
