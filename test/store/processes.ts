import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { whenDone } from '../support/when-done.js';

/**
 * Runs a module, named relative to this folder, in a process of its own. Vite translates it, so that no build is needed. What the
 * process needs to know is in its environment.
 */
export function startProcess(module: string, environment: Record<string, string>): ChildProcess {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const bootstrap = `
    import { runnerImport } from 'vite';
    await runnerImport(${JSON.stringify(path)}, { configFile: false, logLevel: 'error' });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', bootstrap], {
    env: { ...process.env, ...environment },
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A test that fails does not leave the process behind.
  whenDone(() => child.kill('SIGKILL'));
  return child;
}
