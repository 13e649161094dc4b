import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListenError } from '../../src/index.js';
import { listen } from '../../src/server/listen.js';

const app = Fastify();
let taken: number;

beforeAll(async () => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  taken = (app.server.address() as AddressInfo).port;
});
afterAll(() => app.close());

const failing = (code: string) =>
  Object.assign(Fastify(), {
    listen: () => Promise.reject(Object.assign(new Error('listen'), { code })),
  });

describe('a listener that cannot be opened', () => {
  it.each([
    [['host', 'port'], '--port (SMDP_PORT)'],
    [['adminHost', 'adminPort'], '--admin-port (SMDP_ADMIN_PORT)'],
  ] as const)('of the settings %j has another name for the port that is taken', async (settings, named) => {
    const another = Fastify();
    const opening = listen(another, { host: '127.0.0.1', port: taken, settings });
    await expect(opening).rejects.toThrow(
      new ListenError(
        `Cannot listen (EADDRINUSE): port ${taken} of 127.0.0.1 is in use; stop the program that listens there, or set ${named} to another port (0 picks a free one).`,
        'EADDRINUSE',
        {},
      ),
    );
    await expect(opening).rejects.toMatchObject({ name: 'ListenError', code: 'EADDRINUSE' });
    await another.close();
  });

  it.each([
    ['EADDRNOTAVAIL', 'is not an address of this machine; set --host (SMDP_HOST)'],
    ['ENOTFOUND', 'cannot be resolved; set --host (SMDP_HOST)'],
    ['EACCES', 'set --port (SMDP_PORT) to 1024 or higher'],
  ])('for %s says what to do', async (code, remedy) => {
    const at = { host: 'elsewhere', port: 80, settings: ['host', 'port'] } as const;
    await expect(listen(failing(code), at)).rejects.toThrow(remedy);
  });

  it('for another reason raises what the system says', async () => {
    const at = { host: 'localhost', port: 80, settings: ['host', 'port'] } as const;
    await expect(listen(failing('EMFILE'), at)).rejects.toThrow(/^listen$/);
  });
});
