import { describe, expect, it } from 'vitest';
import { connectMockSmdp } from '../../src/index.js';
import { postTo, startForTest } from './support.js';

const initiate = JSON.stringify({
  smdpAddress: 'localhost',
  euiccChallenge: 'AAAA',
  euiccInfo1: 'AAAA',
  x: 1,
});

describe('the conduct', async () => {
  const server = await startForTest({ conduct: 'strict' });
  const smdp = await connectMockSmdp(server.operatorUrl);
  const last = async () => {
    await postTo(server, 'initiateAuthentication', initiate);
    const { last: id } = await smdp.journal.exchanges();
    return smdp.journal.exchange(id);
  };

  it('changes while the server runs, and returns with a reset to what it was at the start', async () => {
    expect(await smdp.server.conduct()).toEqual({ conduct: 'strict' });
    expect((await last()).deviations).not.toEqual([]);
    expect(await smdp.server.conductAs('polite')).toEqual({ conduct: 'polite' });
    expect((await last()).deviations ?? []).toEqual([]);
    await smdp.server.conductAs('hostile');
    expect(await smdp.server.warnings()).toContainEqual(expect.stringMatching(/^The conduct is hostile/));
    await smdp.reset();
    expect(await smdp.server.conduct()).toEqual({ conduct: 'strict' });
    await smdp.close();
  });

  it.each([['{"conduct":"rude"}'], ['{}'], ['{"conduct":"polite","x":1}']])('refuses %s', async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${server.operatorUrl}/api/v1/conduct`, { method: 'PUT', body, headers });
    expect(answer.status).toBe(400);
  });
});
