import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockStateFile, openStateFile, StateFileError } from '../../src/device/index.js';

const eid = '89049032000000000000000000000163';
/** More than any system numbers its processes. */
const nobody = 2 ** 30;

let folder: string;
let path: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(folder, 'sub', 'state.json');
  lock = `${path}.lock`;
});
afterEach(() => rmSync(folder, { recursive: true }));

it('of many that want a state file at a time each has it alone', async () => {
  let inside = 0;
  const most: number[] = [];
  const each = async (): Promise<void> => {
    const unlock = await lockStateFile(path);
    most.push(++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    unlock();
  };
  await Promise.all(Array.from({ length: 8 }, each));
  expect(most).toEqual(Array(8).fill(1));
  expect(existsSync(lock)).toBe(false);
});

it('who waits in vain is told who has it, and what to do', async () => {
  const unlock = await lockStateFile(path);
  const told: string[] = [];
  const waiting = lockStateFile(path, { patience: 0 });
  await expect(waiting).rejects.toThrow(StateFileError);
  await expect(lockStateFile(path, { patience: 60, onWait: (holder) => told.push(holder) })).rejects.toThrow(
    `still in use by process ${process.pid} after 0.06 s. Give each device that runs at the same time its own EID or state file`,
  );
  expect(told).toEqual([`process ${process.pid}`]);
  unlock();
  (await lockStateFile(path, { patience: 0 }))();
});

it.each([
  ['that is gone', nobody],
  ['that had the number of this one', process.pid],
])('what was left by a process %s is taken over', async (_, pid) => {
  const unlockFirst = await lockStateFile(path);
  unlockFirst();
  writeFileSync(lock, `${pid}@${hostname()}`);
  const unlock = await lockStateFile(path, { patience: 0 });
  expect(readFileSync(lock, 'utf8')).toBe(`${process.pid}@${hostname()}`);
  unlock();
  expect(existsSync(lock)).toBe(false);
});

it('of a process on another machine nobody says that it is gone', async () => {
  (await lockStateFile(path))();
  writeFileSync(lock, `${nobody}@elsewhere.example`);
  await expect(lockStateFile(path, { patience: 0 })).rejects.toThrow(
    `process ${nobody} on elsewhere.example`,
  );
  expect(existsSync(lock)).toBe(true);
});

it('a device that read its state before another wrote it undoes nothing', () => {
  const first = openStateFile(path, eid);
  const second = openStateFile(path, eid);
  second.state.nextSeqNumber = 7;
  second.commit();
  second.commit();
  expect(() => first.commit()).toThrow('another process has changed');
  expect(openStateFile(path, eid).state.nextSeqNumber).toBe(7);
});
