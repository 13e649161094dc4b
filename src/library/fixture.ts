import type { MockSmdp } from './mock-smdp.js';
import type { MockSmdpOptions } from './options.js';
import { startMockSmdp } from './start.js';

/**
 * A fixture for `test.extend` of vitest (scope `file`) or Playwright (scope `worker`): a server that is closed after the tests.
 *
 * @example
 *     const test = base.extend<{ smdp: MockSmdp }>({ smdp: [smdpFixture(), { scope: 'file' }] });
 *     test.beforeEach(({ smdp }) => smdp.reset());
 *     test('installs a profile', async ({ smdp }) => { … });
 */
export const smdpFixture =
  (options?: MockSmdpOptions) =>
  // Both test runners read this pattern to find the other fixtures that this fixture needs. This fixture needs none.
  // eslint-disable-next-line no-empty-pattern
  async ({}: object, use: (smdp: MockSmdp) => Promise<void>): Promise<void> => {
    const smdp = await startMockSmdp(options);
    try {
      await use(smdp);
    } finally {
      await smdp.close();
    }
  };
