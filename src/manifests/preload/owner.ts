import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Tells this process from an earlier one with the same number, as in a container that was started again. */
const start = randomBytes(6).toString('hex');

/** Names this process in a batch. */
export const ownerName = (): string => JSON.stringify([hostname(), process.pid, start]);

/** Whether the process with this name certainly lives no more; one on another machine may. */
export function isGone(owner: string): boolean {
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

/** A process that was killed keeps its number until its parent has taken note of that, which not every container's does. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
