import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { postgresInPlaceOfSqlite } from './test/support/postgres/in-place-of-sqlite.js';
import { AnsweredStatuses } from './test/support/answered-statuses-reporter.js';

/** SMDP_TEST_DATABASE=postgres: the servers that tests start in their own process store in PostgreSQL. */
const plugins = process.env['SMDP_TEST_DATABASE'] === 'postgres' ? [postgresInPlaceOfSqlite] : [];

export default defineConfig({
  plugins,
  test: {
    include: ['test/**/*.test.ts'],
    // The files of a worker share the imported modules, because importing them again takes longer than most tests. The set-up file fails
    // a test file that leaves global state behind.
    pool: 'forks',
    isolate: false,
    // One more than there are processors, because tests wait for browsers, servers and child processes.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    globalSetup: ['test/support/postgres/global-setup.ts'],
    setupFiles: ['test/support/clean-exit.ts', 'test/support/answered-statuses.ts'],
    // A run of all tests fails if there is a status code that the server answers in none of them.
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] === 'true' ? ['github-actions'] : []),
      new AnsweredStatuses(),
    ],
    testTimeout: plugins.length > 0 ? 120_000 : 30_000,
    hookTimeout: 60_000,
    // The default of one second is too short where several workers and browsers share two processors.
    expect: { poll: { timeout: 15_000 } },
  },
});
