import cluster from 'node:cluster';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import { startDevices } from '../start.js';
import { portVariable, type FromWorker, type ToWorker } from './messages.js';

/** Whether this process is a worker of another `mock-smdp serve`. */
export const isWorker = (): boolean => cluster.isWorker;

/** Serves devices until the primary process ends or tells this worker to stop. Reports problems at the start to the primary process. */
export async function runWorker(config: Config, log: FastifyBaseLogger): Promise<void> {
  const port = Number(process.env[portVariable] ?? config.port);
  const stopped = toldToStop();
  try {
    const devices = await startDevices({ ...config, port }, log);
    process.on('message', ({ kind, ...message }: ToWorker & { id: number }) => {
      if (kind !== 'metrics') return;
      void devices.metrics().then((metrics) => tell({ kind, id: message.id, metrics }));
    });
    tell({ kind: 'ready', authority: devices.authority });
    await stopped;
    await devices.close();
  } catch (error) {
    const { name, message } = error as Error;
    tell({ kind: 'failed', name, message });
  }
  cluster.worker?.disconnect();
}

/** Ctrl-C reaches all processes of the group. A worker ignores it, and waits until the primary process tells it to stop. */
function toldToStop(): Promise<void> {
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('disconnect', () => resolve());
    process.on('message', ({ kind }: ToWorker) => {
      if (kind === 'stop') resolve();
    });
  });
}

function tell(message: FromWorker): void {
  if (process.connected) process.send?.(message);
}
