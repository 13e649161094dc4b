import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { postgresBinaries } from './binaries.js';

/** PostgreSQL refuses to run as root, so that it runs as this user there. */
const users = ['postgres', 'nobody'];

function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of users) {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`${user}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`PostgreSQL does not run as root, and there is no user ${users.join(' or ')}`);
}

/** A PostgreSQL server in a folder, with everything that it writes. It listens on a socket in the folder only. */
export class Cluster {
  constructor(readonly folder: string) {}

  get url(): string {
    return `postgres://smdp@localhost/smdp?host=${encodeURIComponent(this.folder)}`;
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  get isMade(): boolean {
    return existsSync(join(this.#data, 'PG_VERSION'));
  }

  /** Makes and starts the server, unless another process of this test run does so or has done so. */
  async startOnce(): Promise<void> {
    try {
      mkdirSync(join(this.folder, 'starting'));
    } catch {
      while (!existsSync(join(this.folder, 'ready'))) await setTimeout(50);
      if (readFileSync(join(this.folder, 'ready'), 'utf8') === '') return;
      throw new Error('PostgreSQL could not be started, see the failure of another test');
    }
    let problem = 'failed';
    try {
      this.make();
      this.start();
      problem = '';
    } finally {
      writeFileSync(join(this.folder, 'ready'), problem);
    }
  }

  make(): void {
    const { uid, gid } = unprivileged();
    if (uid !== undefined && gid !== undefined) chownSync(this.folder, uid, gid);
    const options = ['--encoding=UTF8', '--locale=C', '--no-sync'];
    this.#run('initdb', '-D', this.#data, '--username=smdp', '--auth=trust', ...options);
    const settings = [
      `unix_socket_directories = '${this.folder}'`,
      `listen_addresses = ''`,
      'max_connections = 300',
      // A test run ends within an hour.
      'checkpoint_timeout = 1h',
      'max_wal_size = 4GB',
      // No test cuts the power. After `stop('immediate')` the data are still in the cache of the system.
      'fsync = off',
      'full_page_writes = off',
    ];
    appendFileSync(join(this.#data, 'postgresql.conf'), `${settings.join('\n')}\n`);
    this.start();
    this.#run('createdb', '-h', this.folder, '-U', 'smdp', 'smdp');
  }

  start(): void {
    if (existsSync(join(this.#data, 'postmaster.pid'))) return;
    this.#run('pg_ctl', 'start', '-w', '-D', this.#data, '-l', join(this.folder, 'log'));
  }

  stop(mode: 'fast' | 'immediate' = 'immediate'): void {
    if (existsSync(join(this.#data, 'postmaster.pid')))
      this.#run('pg_ctl', 'stop', '-w', '-m', mode, '-D', this.#data);
  }

  remove(): void {
    if (this.isMade) this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(program: string, ...args: readonly string[]): void {
    const binaries = postgresBinaries();
    if (binaries === undefined) throw new Error('there is no PostgreSQL on this machine');
    const { status, stdout, stderr } = spawnSync(join(binaries, program), args, {
      ...unprivileged(),
      cwd: '/',
      // The server keeps what it inherits open.
      stdio: program === 'pg_ctl' ? 'ignore' : 'pipe',
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${program} failed: ${stdout ?? ''} ${stderr ?? ''}`);
  }
}
