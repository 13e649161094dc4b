import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { postgresBinaries } from './binaries.js';
import { Cluster } from './cluster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server that runs already, or the folder of one that the first test starts. Neither: there is no PostgreSQL. */
    postgres: { readonly url?: string; readonly folder?: string };
  }
}

/** Gives the test run a PostgreSQL server, and removes it at the end. The first test that needs it starts it. */
export default function setUp(project: TestProject): (() => void) | undefined {
  const url = process.env['SMDP_TEST_POSTGRES'];
  if (url !== undefined || postgresBinaries() === undefined) {
    project.provide('postgres', url === undefined ? {} : { url });
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'smdp-pg-'));
  project.provide('postgres', { folder });
  return () => new Cluster(folder).remove();
}
