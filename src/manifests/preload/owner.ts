import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Distinguishes this process from an earlier process with the same process ID. A restarted container uses the same IDs again. */
const start = randomBytes(6).toString('hex');

/** The name by which a batch identifies this process. */
export const ownerName = (): string => JSON.stringify([hostname(), process.pid, start]);

/** Whether the process with this name has exited. False for a process on another machine, which this machine cannot see. */
export function hasExited(owner: string): boolean {
  const [host, pid, started] = JSON.parse(owner) as [string, number, string];
  if (host !== hostname()) return false;
  return pid === process.pid ? started !== start : !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return !isZombie(pid);
}

/** Detects a killed process that its parent has not reaped yet. Some containers never reap. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
