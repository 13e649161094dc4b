import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { ConnectionError } from '../library/connection-error.js';
import { httpCalls } from '../library/http-calls.js';
import { CliError } from './errors.js';
import { examples } from './help.js';
import { wholeNumber } from './numbers.js';
import { print } from './output.js';
import { serverTarget } from './profile/connect.js';
import { inWords } from './server-calls.js';

/** `patience`: milliseconds that one answer may take. `pause`: milliseconds between two requests. */
const patience = 3_000;
const pause = 100;

/** `mock-smdp ready`: exit code 0 if the server and its database answer, 1 otherwise. */
export function readyCommand(): Command {
  const command = new Command('ready')
    .description('Check whether a server is ready, or wait until it is. For health checks and scripts.')
    .option(
      '--server <url>',
      'operator-facing listener (default: http://<SMDP_ADMIN_HOST>:<SMDP_ADMIN_PORT>)',
    )
    .option('--timeout <seconds>', 'how long to wait (default: check once, without waiting)', wholeNumber);
  examples(command, [
    ['is it ready?', 'ready'],
    ['wait for a server that was started in the background', 'ready --timeout 30'],
  ]);
  return command.action(async ({ server, timeout = 0 }: { server?: string; timeout?: number }) => {
    const base = serverTarget({ ...(server !== undefined && { server }) }).server;
    await waitUntilReady(base, performance.now() + timeout * 1000);
    print(`mock-smdp is ready at ${base}`);
  });
}

/** @throws CliError if the server is not ready at the time `until` */
async function waitUntilReady(base: string, until: number): Promise<void> {
  for (;;) {
    const problem = await ask(base);
    if (!problem) return;
    if (performance.now() >= until) throw problem;
    await wait(pause);
  }
}

/** Why the server is not ready; `undefined` if it is ready. */
async function ask(base: string): Promise<CliError | undefined> {
  const http = httpCalls(new URL(base), undefined);
  try {
    const readyz = { method: 'GET', base: '', path: '/readyz' } as const;
    const { statusCode: status = 0 } = await http.open(readyz, AbortSignal.timeout(patience));
    return status === 200 ? undefined : new CliError(`${base} is not ready: HTTP status ${status}.`);
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    return error.failure.kind === 'notAMock'
      ? new CliError(`${base} is not a mock-smdp.`)
      : inWords(error, base);
  } finally {
    http.close();
  }
}
