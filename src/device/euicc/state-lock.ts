import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from '../../base/make-folder.js';
import { StateFileError } from './state-file.js';

/** Options of {@link lockStateFile}. */
export interface StateLockOptions {
  /** How long to wait for the lock, in milliseconds. Default 60,000, longer than the timeout of a request to a server. */
  readonly patience?: number | undefined;
  /** Called once before waiting, with the process that holds the lock. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

/** Milliseconds between two attempts to take the lock. */
const interval = 50;

/**
 * The locks of this process. If a lock file names the id of this process but is not listed here, an earlier process
 * with the same id left it.
 */
const held = new Set<string>();

/**
 * Locks a state file for this process. An eUICC reads and writes its whole state, so two processes with the same file would undo each
 * other's changes. If the process with the lock has exited, this process takes the lock.
 *
 * @returns a function that releases the lock
 * @throws StateFileError when another process holds the lock for longer than `patience`
 * @example
 *     const release = await lockStateFile('euicc.json');
 *     try {
 *       await createVirtualDevice({ material: 'certs', stateFile: 'euicc.json' }).download(activationCode);
 *     } finally {
 *       release();
 *     }
 */
export async function lockStateFile(
  stateFile: string,
  { patience = 60_000, onWait }: StateLockOptions = {},
): Promise<() => void> {
  const path = `${stateFile}.lock`;
  makeFolder(dirname(path));
  const end = performance.now() + patience;
  for (let isFirst = true; !take(path); isFirst = false) {
    const holder = readLock(path);
    if (holder === undefined) continue;
    if (isAbandoned(path, holder)) {
      remove(path, holder);
      continue;
    }
    if (performance.now() >= end) throw new StateFileError(inUse(stateFile, path, holder, patience));
    if (isFirst) onWait?.(describeHolder(holder));
    await pause(interval);
  }
  held.add(path);
  return () => {
    if (held.delete(path)) rmSync(path, { force: true });
  };
}

const own = (): string => `${process.pid}@${hostname()}`;

function take(path: string): boolean {
  try {
    writeFileSync(path, own(), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process that holds the lock has exited. Locks of other machines and half-written locks count as held. */
function isAbandoned(path: string, holder: string): boolean {
  if (holder === own()) return !held.has(path);
  const [, pid, host] = /^(\d+)@(.*)$/.exec(holder) ?? [];
  return host === hostname() && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Removes the lock of `holder`, unless another process has taken the lock in the meantime. */
function remove(path: string, holder: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readLock(aside) === holder) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

const describeHolder = (holder: string): string => {
  const [pid, host] = holder.split('@');
  return host === hostname() ? `process ${pid}` : holder ? `process ${pid} on ${host}` : 'another process';
};

const inUse = (stateFile: string, path: string, holder: string, patience: number): string =>
  `${stateFile} is still in use by ${describeHolder(holder)} after ${patience / 1000} s. ` +
  `Give each device that runs at the same time its own EID or state file. If no process uses the file, remove ${path}`;
