import { createLog, resolveConfig, startServer, type RunningServer } from '../../src/server/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { whenDone } from '../support/when-done.js';

type Flags = NonNullable<Parameters<typeof resolveConfig>[1]>;

/** A server as `mock-smdp serve` starts it, on free ports, that is stopped after the test file. */
export async function startForTest(
  flags: Flags = {},
  log: Parameters<typeof startServer>[1] = createLog('silent'),
): Promise<RunningServer> {
  const { config } = resolveConfig(
    {},
    {
      ...{ host: '127.0.0.1', port: '0', adminPort: '0', tls: 'off', address: 'localhost' },
      ...{ database: ':memory:', seed: 'none', certs: flags.certs ?? (await testPkiFolder()) },
      ...flags,
    },
  );
  const server = await startServer(config, log);
  whenDone(() => server.close());
  return server;
}

/** Posts to ES9+. */
export const postTo = (
  { deviceUrl }: Pick<RunningServer, 'deviceUrl'>,
  name: string,
  body: string,
  type = 'application/json',
): Promise<Response> =>
  fetch(`${deviceUrl}/gsma/rsp2/es9plus/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body,
  });
