import { describe, expect, it } from 'vitest';
import { smdpAddress, startWatchedServer } from './support.js';

const server = await startWatchedServer();

/** The newest notification, as the journal lists it. */
async function newest(query = ''): Promise<object> {
  const found = (await server.exchanges(`function=handleNotification&${query}`)).at(-1);
  if (!found) throw new Error('no notification is listed');
  const { result, outcome } = found;
  return { result, outcome };
}

const send = async (octets: Buffer): Promise<number> =>
  (await server.post('handleNotification', { pendingNotification: octets.toString('base64') })).status;

describe('what the journal says of a notification', async () => {
  const { matchingId } = await server.prepare();
  const device = server.device();
  await device.download({ smdpAddress, matchingId });
  const { items } = await server.get<{ items: { id: number }[] }>('/exchanges?function=handleNotification');
  const { request } = await server.get<{ request: { body: string } }>(`/exchanges/${items.at(-1)!.id}`);
  const { pendingNotification } = JSON.parse(request.body) as { pendingNotification: string };
  const result = Buffer.from(pendingNotification, 'base64');

  it('is that it was acted upon', async () => {
    expect(await newest(`eid=${device.eid}`)).toEqual({ result: 'Executed-Success', outcome: 'acted upon' });
  });

  it('is that it is a repeat', async () => {
    expect(await send(result)).toBe(204);
    expect(await newest()).toEqual({
      result: 'Executed-Success',
      outcome: 'repeat: the session has reported its result',
    });
  });

  it('is that it cannot be read', async () => {
    expect(await send(Buffer.from('bf370101', 'hex'))).toBe(204);
    expect(await newest('result=unverified')).toEqual({
      result: 'unverified',
      outcome: expect.stringContaining('cannot be decoded: ') as string,
    });
  });

  it('is that its signature does not verify', async () => {
    const forged = Buffer.from(result);
    forged[forged.length - 1]! ^= 1;
    expect(await send(forged)).toBe(204);
    expect(await newest('result=unverified')).toEqual({
      result: 'unverified',
      outcome: expect.stringContaining('euiccSignPIR') as string,
    });
  });

  it('is counted', async () => {
    const metrics = await (await fetch(`${server.operatorUrl}/metrics`)).text();
    expect(metrics).toContain(
      'mock_smdp_requests_total{interface="ES9+",function="handleNotification",result="unverified"} 2',
    );
  });
});
