import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import { portVariable, type FromWorker, type MetricsOfProcess, type ToWorker } from './messages.js';

/** Milliseconds to wait before replacing a worker that ended. The pause doubles each time a new worker ends before it is ready. */
const shortestPause = 200;
const longestPause = 10_000;
/** Milliseconds that a worker may take to send its metrics. */
const metricsPatience = 3_000;
/** Milliseconds that a worker may take to end before it is killed. A worker itself cuts its connections after three seconds. */
const endPatience = 8_000;

/** A worker could not start. Message and name come from the error in the worker. */
export class WorkerError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The processes that serve devices. All share one port: this process accepts the connections, and distributes them in turn. A worker that
 * ends is replaced.
 */
export class WorkerProcesses {
  readonly #members = new Set<Worker>();
  #port = 0;
  #requests = 0;
  #isStopping = false;

  constructor(
    private readonly config: Pick<Config, 'workers' | 'host' | 'port'>,
    private readonly log: FastifyBaseLogger,
  ) {}

  /**
   * Starts all workers.
   *
   * @returns the host and port at which they serve devices
   * @throws WorkerError
   */
  async start(): Promise<string> {
    const { workers, host, port } = this.config;
    this.#port = port === 0 ? await freePort(host) : port;
    // The first worker finds out whether the port can be opened.
    const authority = await this.#add();
    await Promise.all(Array.from({ length: workers - 1 }, () => this.#add()));
    return authority;
  }

  /** The metrics of all workers that answer in time. */
  async metrics(): Promise<readonly MetricsOfProcess[]> {
    const asked = [...this.#members].map((worker) => this.#metricsOf(worker));
    return (await Promise.all(asked)).filter((metrics) => metrics !== undefined);
  }

  /** Lets all workers answer the requests that they have received, and end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(
      [...this.#members].map(async (worker) => {
        const ended = new Promise((resolve) => worker.once('exit', resolve));
        tell(worker, { kind: 'stop' });
        const timer = setTimeout(() => worker.process.kill('SIGKILL'), endPatience);
        await ended;
        clearTimeout(timer);
      }),
    );
  }

  /** Starts a worker, which is replaced when it ends. @returns the host and port at which the worker serves devices @throws WorkerError */
  async #add(): Promise<string> {
    const worker = cluster.fork({ [portVariable]: this.#port });
    this.#members.add(worker);
    // Ignores the error: it follows from the end of the worker, which is handled below.
    worker.on('error', () => undefined);
    const ended = new Promise<string>((resolve) => {
      worker.once('exit', (code, signal) => {
        this.#members.delete(worker);
        resolve(signal || `exit code ${code}`);
      });
    });
    const told = new Promise<Exclude<FromWorker, { kind: 'metrics' }>>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind !== 'metrics') resolve(message);
      });
    });
    const outcome = await Promise.race([told, ended]);
    if (typeof outcome === 'string')
      throw new WorkerError('Error', `A worker ended with ${outcome} before it was ready.`);
    if (outcome.kind === 'failed') {
      await ended;
      throw new WorkerError(outcome.name, outcome.message);
    }
    void ended.then((how) => this.#replace(worker, how));
    return outcome.authority;
  }

  async #replace(worker: Worker, how: string): Promise<void> {
    await wait(shortestPause);
    if (this.#isStopping) return;
    this.log.warn(`worker ${worker.process.pid} ended with ${how}; another worker takes its place`);
    for (let next = shortestPause; !this.#isStopping; next = Math.min(2 * next, longestPause)) {
      try {
        await this.#add();
        return;
      } catch (err) {
        this.log.error({ err }, 'a worker could not be started; trying again');
        await wait(next);
      }
    }
  }

  async #metricsOf(worker: Worker): Promise<MetricsOfProcess | undefined> {
    const id = ++this.#requests;
    const answer = new Promise<MetricsOfProcess>((resolve) => {
      const listen = (message: FromWorker): void => {
        if (message.kind !== 'metrics' || message.id !== id) return;
        worker.off('message', listen);
        resolve(message.metrics);
      };
      worker.on('message', listen);
    });
    tell(worker, { kind: 'metrics', id });
    return Promise.race([answer, wait(metricsPatience, undefined, { ref: false })]);
  }
}

/** Finds a free port. A worker cannot pick the port, because all workers must open the same port. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message);
}
