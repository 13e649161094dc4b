import type { StartedTestContainer } from 'testcontainers';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionError, startMockSmdp, type MockSmdp } from '../../src/index.js';
import { StartedMockSmdpContainer } from '../../src/library/testcontainers.js';

const token = 'a-token-of-some-length';

/** A server of this process in a container's place. Its free ports are those that a container's ports are mapped to. */
class ContainerOf {
  stopped = 0;

  constructor(readonly server: MockSmdp) {}

  getHost(): string {
    return 'localhost';
  }

  getMappedPort(port: number): number {
    const url = port === 8080 ? this.server.operatorUrl : this.server.deviceUrl;
    return Number(new URL(url).port);
  }

  async stop(): Promise<void> {
    this.stopped++;
  }

  get asContainer(): StartedTestContainer {
    return this as unknown as StartedTestContainer;
  }
}

let server: MockSmdp;
let container: ContainerOf;

async function start(): Promise<void> {
  server = await startMockSmdp({ address: 'localhost:1', adminToken: token });
  container = new ContainerOf(server);
}

afterEach(() => server.close());

describe('A started container', () => {
  it('gives out codes with the mapped port, which its devices follow', async () => {
    await start();
    const started = await StartedMockSmdpContainer.of(container.asContainer, token);
    const { activationCode, iccid } = await started.smdp.profiles.create();
    expect(activationCode).toContain(`$${started.address}$`);
    await (await started.smdp.device()).download(activationCode);
    expect(await started.smdp.profiles.get(iccid)).toMatchObject({ state: 'Installed' });
    await started.stop();
  });

  it('makes clients for the namespaces of workers', async () => {
    await start();
    const started = await StartedMockSmdpContainer.of(container.asContainer, token);
    const worker = await started.connect({ namespace: 'worker-1' });
    await worker.profiles.create();
    expect((await started.smdp.namespace('worker-2').profiles.list()).items).toEqual([]);
    expect((await worker.profiles.list()).items).toHaveLength(1);
    await worker.close();
    await started.stop();
  });

  it('has no client after it has been stopped', async () => {
    await start();
    const started = await StartedMockSmdpContainer.of(container.asContainer, token);
    await started.stop();
    expect(() => started.smdp).toThrow('The container has been stopped.');
    expect(container.stopped).toBe(1);
  });

  it('is stopped if its server refuses the token', async () => {
    await start();
    const wrong = StartedMockSmdpContainer.of(container.asContainer, 'another-token-as-long');
    await expect(wrong).rejects.toThrow(ConnectionError);
    expect(container.stopped).toBe(1);
  });
});
