import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, resolveConfig, startServer, type RunningServer } from '../../../src/server/index.js';

/** A folder that is gone after the tests. */
export interface Folder {
  path(...names: string[]): string;
  remove(): void;
}

export function temporaryFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-cli-'));
  return {
    path: (...names) => join(folder, ...names),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A server on free ports with a database in memory, and the options that lead the commands to it. */
export interface TestServer extends RunningServer {
  readonly folder: Folder;
  /** Options of `profile` commands. */
  readonly api: readonly string[];
  /** Options of `device` commands. */
  readonly device: readonly string[];
}

export async function startTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const folder = temporaryFolder();
  const { config } = resolveConfig({
    SMDP_PORT: '0',
    SMDP_ADMIN_PORT: '0',
    SMDP_DATABASE: ':memory:',
    SMDP_CERTS: folder.path('certs'),
    ...settings,
  });
  const server = await startServer(config, createLog('silent'));
  return {
    ...server,
    folder,
    api: ['--server', server.operatorUrl],
    device: ['--certs', folder.path('certs'), '--state', folder.path('device.json')],
    close: async () => {
      await server.close();
      folder.remove();
    },
  };
}

/** `localhost` with a port on which nothing listens. */
export async function deserted(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `localhost:${port}`;
}
