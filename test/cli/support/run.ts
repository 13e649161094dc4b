import { vi } from 'vitest';
import { run } from '../../../src/cli/program.js';

/** What a run of the command line has written, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json<T = unknown>(): T;
}

/** Runs the command line in this process. */
export async function cli(...args: readonly string[]): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const line =
    (to: string[]) =>
    (text = '') =>
      void to.push(`${String(text)}\n`);
  const chunk = (to: string[]) => (text: unknown) => {
    to.push(String(text));
    return true;
  };
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(line(stdout)),
    vi.spyOn(console, 'error').mockImplementation(line(stderr)),
    vi.spyOn(process.stdout, 'write').mockImplementation(chunk(stdout)),
    vi.spyOn(process.stderr, 'write').mockImplementation(chunk(stderr)),
  ];
  try {
    const code = await run(args);
    const text = stdout.join('');
    return { code, stdout: text, stderr: stderr.join(''), json: <T>() => JSON.parse(text) as T };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
