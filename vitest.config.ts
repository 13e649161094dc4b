import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { AnsweredStatuses } from './test/support/answered-statuses-reporter.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The files of a worker share the module graph: to import it anew takes longer than most files' tests. The set-up file fails
    // a test file that leaves global state behind.
    pool: 'forks',
    isolate: false,
    maxWorkers: Math.min(4, availableParallelism()),
    globalSetup: ['test/support/postgres/global-setup.ts'],
    setupFiles: ['test/support/clean-exit.ts', 'test/support/answered-statuses.ts'],
    // A run of all tests fails if none of them makes the server answer one of its status codes.
    reporters: [
      'default',
      ...(process.env['GITHUB_ACTIONS'] === 'true' ? ['github-actions'] : []),
      new AnsweredStatuses(),
    ],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
