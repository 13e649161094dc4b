import { inject, test as base } from 'vitest';
import { connectMockSmdp, type ConnectedSmdp } from 'mock-smdp';

// Each worker has its own namespace on the shared server. The worker runs one file after the other, and each test begins with an empty namespace.
export const test = base.extend<{ smdp: ConnectedSmdp }>({
  smdp: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const namespace = `worker-${process.env.VITEST_POOL_ID}`;
      const smdp = await connectMockSmdp(inject('operatorUrl'), { namespace });
      await use(smdp);
      await smdp.close();
    },
    { scope: 'file' },
  ],
});
test.beforeEach(({ smdp }) => smdp.reset());
