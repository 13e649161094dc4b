import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startProcess } from '../../store/processes.js';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly operatorUrl: string;
  stop(): Promise<void>;
}

export async function startServerProcess(): Promise<ServerProcess> {
  const child = await startProcess('../library/support/server-process.ts', {});
  const exited = once(child, 'exit');
  const [operatorUrl] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return {
    operatorUrl,
    async stop() {
      child.kill();
      await exited;
    },
  };
}
