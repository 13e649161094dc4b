import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVirtualDevice, type VirtualDevice } from '../../../src/device/index.js';
import { startTestServer, type TestServer } from '../../cli/support/server.js';
import { operator } from './support/courier.js';
import {
  answer,
  messageIn,
  received,
  silent,
  startEndpoint,
  type OperatorEndpoint,
} from './support/endpoint.js';

let server: TestServer;
let endpoint: OperatorEndpoint;
const devices: VirtualDevice[] = [];
beforeAll(async () => {
  server = await startTestServer({ SMDP_SEED: 'none' });
  endpoint = await startEndpoint();
  await post(`/api/v1/operators/${operator}`, { callbackUrl: endpoint.url }, 'PUT');
});
afterAll(async () => {
  devices.forEach((device) => device.close());
  await server.close();
});

async function post(path: string, body: object, method = 'POST'): Promise<Record<string, string>> {
  const response = await fetch(`${server.operatorUrl}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok).toBe(true);
  return (await response.json()) as Record<string, string>;
}

let calls = 0;
const es2plus = (name: string, body: object) =>
  post(`/gsma/rsp2/es2plus/${name}`, {
    header: { functionRequesterIdentifier: operator, functionCallIdentifier: `call ${++calls}` },
    ...body,
  });

/** Orders a profile over ES2+ and downloads it. */
async function download(): Promise<string> {
  const { iccid } = await es2plus('downloadOrder', { profileType: 'generic' });
  const { matchingId } = await es2plus('confirmOrder', { iccid, releaseFlag: true });
  const device = createVirtualDevice({
    material: server.folder.path('certs'),
    server: { ca: server.pki.tls.ca },
  });
  devices.push(device);
  const result = await device.download({ smdpAddress: server.address, matchingId });
  expect(result).toMatchObject({ outcome: 'installed', iccid });
  return iccid!;
}

const pointsOf = (iccid: string) =>
  endpoint.calls.map(messageIn).filter((message) => message.iccid === iccid);

describe('a server', () => {
  it('tells the operator that ordered a profile how its download goes on', async () => {
    const iccid = await download();
    await expect.poll(() => pointsOf(iccid)).toHaveLength(3);
    expect(pointsOf(iccid).map(({ notificationPointId }) => notificationPointId)).toEqual([1, 3, 4]);
    const { header } = pointsOf(iccid)[0]!;
    expect(header.functionRequesterIdentifier).toBe(server.pki.identities[0]!.oid);
  });

  it('lets no device wait for an operator that does not answer', async () => {
    endpoint.behaviour = silent;
    const iccid = await download();
    expect(pointsOf(iccid)).toHaveLength(1);
    endpoint.behaviour = received;
  });

  it('tries again what has failed, at once where it is told to', async () => {
    endpoint.behaviour = answer(500);
    const iccid = await download();
    await expect.poll(() => pointsOf(iccid)).toHaveLength(1);
    endpoint.behaviour = received;
    await post('/api/v1/callbacks/retry', { operator });
    await expect.poll(() => pointsOf(iccid), { timeout: 10_000 }).toHaveLength(4);
  });
});
