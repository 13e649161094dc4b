import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The files of a worker share the module graph: to import it anew takes longer than most files' tests. The set-up file fails
    // a test file that leaves global state behind.
    pool: 'forks',
    isolate: false,
    maxWorkers: Math.min(4, availableParallelism()),
    setupFiles: ['test/support/clean-exit.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
