import type { RunningServer } from '../../../src/server/index.js';
import { testPkiFolder } from '../../support/pki-folder.js';
import { freshSchema } from '../../support/postgres/index.js';
import { startForTest } from '../support.js';

type Flags = Parameters<typeof startForTest>[0];
type Body = Readonly<Record<string, unknown>>;

/** Servers on one database, as several machines have them. */
export async function startInstances(count: number, flags: Flags = {}): Promise<readonly RunningServer[]> {
  const [database, certs] = [await freshSchema(), await testPkiFolder()];
  const servers: RunningServer[] = [];
  for (let number = 0; number < count; number++)
    servers.push(await startForTest({ database, certs, address: 'localhost:8443', ...flags }));
  return servers;
}

/** Calls the control API. */
export async function call(
  { operatorUrl }: Pick<RunningServer, 'operatorUrl'>,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Body> {
  const answer = await fetch(`${operatorUrl}/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { statusCode: answer.status, ...(answer.status === 204 ? {} : ((await answer.json()) as Body)) };
}

/** Sends initiateAuthentication to a server, which refuses it unless a fault does something else. @returns the HTTP status */
export async function initiate(server: RunningServer): Promise<string> {
  const answer = await fetch(`${server.deviceUrl}/gsma/rsp2/es9plus/initiateAuthentication`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.2.0' },
    body: JSON.stringify({ smdpAddress: 'elsewhere', euiccChallenge: 'AA==', euiccInfo1: 'vyAA' }),
  });
  return String(answer.status);
}
