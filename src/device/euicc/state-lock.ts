import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from '../../base/make-folder.js';
import { StateFileError } from './state-file.js';

export interface StateLockOptions {
  /** How long to wait for who has it, in milliseconds. Default: a minute, in which a request to a server that does not answer comes to its end. */
  readonly patience?: number | undefined;
  /** Told once, before the waiting: who has it. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

/** How often there is a look at whether it is free, in milliseconds. */
const interval = 50;

/** What this process holds: its own number in a file that it does not hold was left by another of the same number. */
const held = new Set<string>();

/**
 * Keeps a state file for this process: an eUICC reads its whole state once and writes it as a whole, so that of two that do
 * so at a time one would undo what the other has installed. What was left by a process that is gone is taken over.
 *
 * @returns gives it back
 * @throws StateFileError when another has it for longer than the patience
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
    if (isLeft(path, holder)) {
      remove(path, holder);
      continue;
    }
    if (performance.now() >= end) throw new StateFileError(taken(stateFile, path, holder, patience));
    if (isFirst) onWait?.(inWords(holder));
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

/** Whether who wrote it lives no more. Of another machine nobody can tell, nor of one that is just being written. */
function isLeft(path: string, holder: string): boolean {
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

/** Takes it away only if it is still that one: another process may have been faster, and hold it rightly now. */
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

const inWords = (holder: string): string => {
  const [pid, host] = holder.split('@');
  return host === hostname() ? `process ${pid}` : holder ? `process ${pid} on ${host}` : 'another process';
};

const taken = (stateFile: string, path: string, holder: string, patience: number): string =>
  `${stateFile} is in use by ${inWords(holder)}, still after ${patience / 1000} s. ` +
  `Give devices that work at the same time an EID or a state file each; if nobody uses it any more, remove ${path}`;
