import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestPki } from '../../src/pki/index.js';
import { whenDone } from './when-done.js';

/** A fresh folder that is removed after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder with a test PKI for `localhost`, removed after the test file. */
export async function testPkiFolder(): Promise<string> {
  const folder = join(temporaryFolder(), 'certs');
  await createTestPki(folder, { address: 'localhost', now: new Date(), warn: () => undefined });
  return folder;
}
