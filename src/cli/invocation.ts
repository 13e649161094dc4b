import { basename, dirname, relative } from 'node:path';

/**
 * The words with which the user called this program. Printed commands begin with these words, so that users can copy
 * the commands to another terminal in the same folder: `node dist/bundle/main.js` in a checkout, `npx mock-smdp` in a
 * project, `mock-smdp` elsewhere.
 */
export function invocation(script = process.argv[1] ?? '', folder = process.cwd()): string {
  if (basename(dirname(script)) === '.bin') return 'npx mock-smdp';
  if (!/(^|[/\\])(bundle|cli)[/\\]main\.js$/.test(script)) return 'mock-smdp';
  return `node ${shellWord(relative(folder, script))}`;
}

/** A command line of this program, which users can copy. */
export const commandFor = (...words: readonly string[]): string => [invocation(), ...words].join(' ');

/**
 * Quotes a word in a form that sh, PowerShell and cmd.exe all understand, as far as possible. Within double quotes, sh
 * and PowerShell expand `$`. cmd.exe passes single quotes on to the program, where {@link withoutQuotes} removes them.
 */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./\\-]+$/.test(word) && (!word.includes('\\') || process.platform === 'win32')) return word;
  if (/^[^"$`\\!]+$/.test(word)) return `"${word}"`;
  if (process.platform === 'win32' && /^[^"$`]+$/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

const quotePairs: readonly (readonly [string, string])[] = [
  ["'", "'"],
  ['"', '"'],
  ['‘', '’'],
  ['“', '”'],
];

/**
 * Removes quotes that the shell left around an activation code. Users quote the code because of its `$`. cmd.exe leaves
 * single quotes, and every shell leaves the typographic quotes of a word processor.
 */
export function withoutQuotes(argument: string): string {
  const isQuoted = quotePairs.some(
    ([begin, end]) => argument.length > 2 && argument.startsWith(begin) && argument.endsWith(end),
  );
  return isQuoted && argument.includes('$') ? argument.slice(1, -1) : argument;
}
