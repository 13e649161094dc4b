import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenDone } from '../support/when-done.js';

export const now = new Date('2026-11-20T12:00:00Z');
export const day = 24 * 3600 * 1000;

/** A new folder that is gone after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pki-'));
  whenDone(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
/** Options for loading whose warnings are kept. */
export function loading(address = 'localhost:8443', at = now) {
  const warnings: string[] = [];
  return { warnings, options: { address, now: at, warn: (text: string) => void warnings.push(text) } };
}

/** What `body` raises. */
export function raised(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was raised');
}
