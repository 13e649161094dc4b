import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { freshSchema, query, withoutPostgres } from '../support/postgres/index.js';
import { whenDone } from '../support/when-done.js';

const main = fileURLToPath(new URL('../../dist/bundle/main.js', import.meta.url));
const id = process.pid % 250;
/** The network namespace of the server, and the two ends of its only cable. */
const host = `smdp-${id}`;
const [ours, theirs] = [`smdpa${id}`, `smdpb${id}`];
const [here, there] = [`10.231.${id}.1`, `10.231.${id}.2`];

const runs = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words).status === 0;
const ip = (words: string): void => {
  const { status, stderr } = spawnSync('ip', words.split(' '), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${words}: ${stderr}`);
};

const canNetwork =
  process.platform === 'linux' && runs('ip', 'netns', 'add', host) && runs('ip', 'netns', 'del', host);
const reason =
  withoutPostgres ?? (canNetwork ? undefined : 'needs Linux, root and iproute2 for network namespaces');

function connectHosts(): void {
  ip(`netns add ${host}`);
  whenDone(() => ip(`netns del ${host}`));
  ip(`link add ${ours} type veth peer name ${theirs} netns ${host}`);
  ip(`addr add ${here}/24 dev ${ours}`);
  ip(`link set ${ours} up`);
  ip(`-n ${host} addr add ${there}/24 dev ${theirs}`);
  ip(`-n ${host} link set ${theirs} up`);
  ip(`-n ${host} link set lo up`);
}

/** PostgreSQL at the address of this host, because the server of the tests has only a socket in a folder. */
async function postgresOnNetwork(): Promise<{ readonly local: string; readonly remote: string }> {
  const local = await freshSchema();
  const url = new URL(local);
  const folder = url.searchParams.get('host');
  if (folder === null) return { local, remote: local };
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = createConnection(`${folder}/.s.PGSQL.5432`);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  relay.listen(0, here);
  await once(relay, 'listening');
  whenDone(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  url.searchParams.delete('host');
  url.host = `${here}:${(relay.address() as { port: number }).port}`;
  return { local, remote: url.href };
}

/** Calls the server from within its own host, whose cable may be cut. */
async function ask(
  url: string,
  ...words: readonly string[]
): Promise<{ readonly status: number; readonly head: string }> {
  const curl = spawn('ip', ['netns', 'exec', host, 'curl', '-sk', '-m', '40', '-i', ...words, url]);
  const head = await text(curl.stdout);
  return { status: Number(/^HTTP\/\S+ (\d+)/.exec(head)?.[1]), head };
}

const operators = 'http://localhost:8080';
const isReady = async (): Promise<boolean> => (await ask(`${operators}/readyz`)).status === 200;

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await wait(200);
}

const json = (body: object): string[] => ['-H', 'content-type: application/json', '-d', JSON.stringify(body)];
const create = (label: string) => ask(`${operators}/api/v1/profiles`, ...json({ label }));
/** A call of a device that the server can only answer from the database. */
const notify = () =>
  ask(
    'https://localhost:8443/gsma/rsp2/es9plus/handleNotification',
    ...['-H', 'X-Admin-Protocol: gsma/rsp/v2.2.0', '-H', 'User-Agent: gsma-rsp-lpad'],
    ...json({ pendingNotification: 'MAA=' }),
  );

describe.skipIf(reason !== undefined)(reason ?? 'a server and its PostgreSQL on two hosts', () => {
  it('answers 503 while the cable is cut, writes what it says, and recovers by itself', async () => {
    connectHosts();
    const { local, remote } = await postgresOnNetwork();
    const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-network-'));
    const server = spawn(
      'ip',
      ['netns', 'exec', host, process.execPath, main, 'serve', '--log-level', 'fatal'],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'], HOME: folder, SMDP_DATABASE: remote, SMDP_SEED: 'none' },
        stdio: 'ignore',
      },
    );
    whenDone(async () => {
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    });
    await until(isReady);
    const acknowledged: string[] = [];
    const tryToCreate = async (label: string): Promise<number> => {
      const { status } = await create(label);
      if (status === 201) acknowledged.push(label);
      return status;
    };
    expect(await tryToCreate('before')).toBe(201);

    ip(`link set ${ours} down`);
    expect(await tryToCreate('while cut')).toBe(503);
    expect(await isReady()).toBe(false);
    const refused = await notify();
    expect(refused.status).toBe(503);
    expect(refused.head).toMatch(/^x-admin-protocol: gsma\/rsp\/v2/im);

    ip(`link set ${ours} up`);
    await until(isReady);
    expect(await tryToCreate('after')).toBe(201);

    if (
      runs(
        'ip',
        'netns',
        'exec',
        host,
        'tc',
        'qdisc',
        'add',
        'dev',
        theirs,
        'root',
        'netem',
        'delay',
        '200ms',
      )
    ) {
      expect(await isReady()).toBe(true);
      expect(await tryToCreate('slow')).toBe(201);
    }
    const rows = await query<{ label: string }>(local, 'SELECT label FROM profiles ORDER BY id');
    const written = rows.map(({ label }) => label);
    expect(written.filter((label) => label !== 'while cut')).toEqual(acknowledged);
  }, 240_000);
});
