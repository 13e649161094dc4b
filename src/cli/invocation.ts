import { basename, dirname, relative } from 'node:path';

/**
 * How this program was called, so that a command that it prints can be copied into a second terminal in the same folder:
 * `node dist/bundle/main.js` in a checkout, `npx mock-smdp` in a project that has the package, `mock-smdp` elsewhere.
 */
export function invocation(script = process.argv[1] ?? '', folder = process.cwd()): string {
  if (basename(dirname(script)) === '.bin') return 'npx mock-smdp';
  if (!/(^|[/\\])(bundle|cli)[/\\]main\.js$/.test(script)) return 'mock-smdp';
  return `node ${shellWord(relative(folder, script))}`;
}

/** A command of this program as it is typed. */
export const commandFor = (...words: readonly string[]): string => [invocation(), ...words].join(' ');

/** A word that a shell takes as it is. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
