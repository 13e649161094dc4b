import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { freshSchema, withoutPostgres } from '../support/postgres/index.js';
import { whenDone } from '../support/when-done.js';

const main = fileURLToPath(new URL('../../dist/bundle/main.js', import.meta.url));

/** `serve` in a process of its own, with workers. */
interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly operators: string;
  call<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }>;
}

function run(settings: Record<string, string>): { child: ChildProcess; output: () => string } {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-workers-'));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('SMDP_'));
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      ...{ SMDP_PORT: '0', SMDP_ADMIN_PORT: '0', SMDP_SEED: 'none', SMDP_WORKERS: '2', ...settings },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close');
  whenDone(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  });
  return { child, output: () => output };
}

async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await wait(50);
  }
}

async function started(settings: Record<string, string>): Promise<Started> {
  const { child, output } = run(settings);
  const operators = await until(() => {
    if (child.exitCode !== null) throw new Error(output());
    return /mock-smdp is ready: .* operators at (\S+)/.exec(output())?.[1];
  });
  return {
    ...{ child, output, operators },
    call: async <T>(method: string, path: string, body?: object) => {
      const answer = await fetch(`${operators}/api/v1${path}`, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: (await answer.json().catch(() => undefined)) as T };
    },
  };
}

/** The processes that a process has started. */
const childrenOf = (pid: number): readonly number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** Downloads a new profile with a virtual device of the server, over the device-facing listener. */
async function download(server: Started): Promise<string> {
  const made = await server.call<{ activationCode: string; iccid: string }>('POST', '/profiles', {});
  expect(made.status).toBe(201);
  const device = await server.call<{ name: string }>('POST', '/devices', {});
  const { activationCode, iccid } = made.body;
  await server.call('POST', `/devices/${device.body.name}/download`, { activationCode });
  return until(async () => {
    const { body } = await server.call<{ state: string }>('GET', `/profiles/${iccid}`);
    return body.state === 'Installed' && iccid;
  });
}

async function metric(server: Started, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${server.operators}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

const initiations =
  'mock_smdp_requests_total{interface="ES9+",function="initiateAuthentication",result="success"}';

const engines = [
  ['SQLite', () => Promise.resolve('smdp.db')],
  ...(withoutPostgres === undefined ? [['PostgreSQL', () => freshSchema()] as const] : []),
] as const;

describe.skipIf(process.platform !== 'linux').each(engines)('workers on %s (Linux)', (engine, database) => {
  it('serve devices on one port, are counted together, replaced, and end with the server', async () => {
    const server = await started({ SMDP_DATABASE: await database(), SMDP_WORKERS: '2' });
    const workers = childrenOf(server.child.pid!);
    expect(workers).toHaveLength(2);
    expect(server.output().match(/mock-smdp is ready/g)).toHaveLength(1);
    for (let round = 0; round < 4; round++) await download(server);
    expect(await metric(server, initiations)).toBe(4);
    expect(await metric(server, 'mock_smdp_profiles{state="Installed"}')).toBe(4);

    process.kill(workers[0]!, 'SIGKILL');
    const said = `worker ${workers[0]} ended with SIGKILL; another worker takes its place`;
    await until(() => server.output().includes(said));
    await until(() => childrenOf(server.child.pid!).length === 2);
    await download(server);

    const last = await until(() => {
      const now = childrenOf(server.child.pid!);
      return now.length === 2 && now;
    });
    server.child.kill('SIGTERM');
    expect(await once(server.child, 'exit')).toEqual([0, null]);
    expect(last.filter(isRunning)).toEqual([]);
  }, 120_000);

  it('end when the process that started them is killed', async () => {
    const server = await started({ SMDP_DATABASE: await database() });
    const workers = childrenOf(server.child.pid!);
    server.child.kill('SIGKILL');
    await until(() => workers.every((pid) => !isRunning(pid)));
  }, 120_000);

  it(`${engine === 'SQLite' ? 'refuse' : 'share'} what each of them would have of its own on SQLite`, async () => {
    const server = await started({ SMDP_DATABASE: await database() });
    const expected = engine === 'SQLite' ? 409 : 200;
    for (const path of ['/exchanges', '/statistics', '/%65xchanges'])
      expect((await server.call('GET', path)).status).toBe(expected);
    const { status, body } = await server.call<{ detail?: string }>('PUT', '/conduct', { conduct: 'strict' });
    expect(status === 409).toBe(engine === 'SQLite');
    if (engine === 'SQLite') expect(body.detail).toMatch(/2 workers on SQLite.*PostgreSQL/);
    const seed = (text: object) =>
      server.call<{ errors: readonly { field: string; message: string; remedy?: string }[] }>(
        'POST',
        '/seed',
        {
          text: JSON.stringify(text),
        },
      );
    const separate = await seed({
      profiles: [{ matchingId: 'A' }],
      faults: [{ delay: 1 }],
      conduct: 'polite',
    });
    expect(separate.status).toBe(engine === 'SQLite' ? 422 : 200);
    if (engine === 'SQLite') {
      expect(separate.body.errors.map(({ field }) => field)).toEqual(['conduct', 'faults']);
      expect(separate.body.errors[1]!.message).toMatch(/2 workers on SQLite.*fault rules of its own/);
      expect(separate.body.errors[1]!.remedy).toMatch(/PostgreSQL/);
      const { body: list } = await server.call<{ items: object[] }>('GET', '/profiles?matchingId=A');
      expect(list.items).toEqual([]);
    }
    expect((await seed({ profiles: [{ matchingId: 'B' }] })).status).toBe(200);
    expect((await seed({ proxyRoutes: [{ to: 'https://a.example' }] })).status).toBe(422);
  }, 120_000);
});

const seedFile = join(mkdtempSync(join(tmpdir(), 'mock-smdp-workers-seed-')), 'faults.yaml');
writeFileSync(seedFile, 'faults: [{ delay: 1 }]\n');
afterAll(() => rmSync(dirname(seedFile), { recursive: true, force: true }));

describe('workers', () => {
  it.each([
    [{ SMDP_DATABASE: ':memory:' }, 'a database in memory belongs to one process'],
    [{ SMDP_DATABASE: 'a.db', SMDP_RANDOM_SEED: 'seed' }, 'SMDP_RANDOM_SEED'],
    [
      { SMDP_DATABASE: 'a.db', SMDP_SEED: seedFile },
      'faults.yaml:1:1: faults: this server has 2 workers on SQLite',
    ],
    [{ SMDP_DATABASE: 'a.db', SMDP_WORKERS: '0' }, 'must be a number from 1 to 64'],
  ])(
    'are refused with %j',
    async (settings, why) => {
      const { child, output } = run(settings);
      expect(await once(child, 'exit')).toEqual([2, null]);
      expect(output()).toContain(why);
    },
    60_000,
  );

  it('that cannot open the port say which setting to change', async () => {
    const taken = createServer().listen(0, 'localhost');
    await once(taken, 'listening');
    whenDone(() => new Promise((resolve) => taken.close(resolve)));
    const { child, output } = run({
      SMDP_DATABASE: 'a.db',
      SMDP_PORT: String((taken.address() as AddressInfo).port),
    });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output()).toMatch(/Cannot listen \(EADDRINUSE\).*--port \(SMDP_PORT\)/s);
  }, 60_000);
});
