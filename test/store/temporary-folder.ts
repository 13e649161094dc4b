import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenDone } from '../support/when-done.js';

/** Answers new file names in a folder that is removed after the tests of the file. */
export function temporaryFiles(): () => string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-store-'));
  let count = 0;
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return () => join(folder, `${++count}.db`);
}
