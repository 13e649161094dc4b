import { randomBytes } from 'node:crypto';
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
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
