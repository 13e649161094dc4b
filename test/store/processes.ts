import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { whenDone } from '../support/when-done.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundles = new Map<string, Promise<string>>();

/**
 * Runs a module, named relative to this folder, in a process of its own. No build is needed: the module and the sources that it
 * imports are bundled once for each test file. What the process needs to know is in its environment.
 */
export async function startProcess(
  module: string,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const bundle = bundles.get(path) ?? bundled(path);
  bundles.set(path, bundle);
  const child = spawn(process.execPath, [await bundle], {
    env: { ...process.env, ...environment },
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A test that fails does not leave the process behind.
  whenDone(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return child;
}

/** Two folders below the root, as the sources are: they find package.json and other files by their own place. */
async function bundled(path: string): Promise<string> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', 'process-'));
  whenDone(() => {
    bundles.delete(path);
    rmSync(folder, { recursive: true, force: true });
  });
  const bundle = await rolldown({
    input: path,
    platform: 'node',
    external: (id) => !/^(?:[./]|[A-Z]:)/.test(id),
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'index.mjs' });
  await bundle.close();
  return join(folder, 'index.mjs');
}
