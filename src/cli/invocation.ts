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

/**
 * A word as sh, PowerShell and cmd.exe take it, as far as there is a form for all three. Within double quotes, sh and PowerShell
 * replace what follows a `$`; cmd.exe passes single quotes on, and {@link withoutQuotes} takes them off.
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
 * An argument without the quotes that a shell has left around it: cmd.exe knows no single quotes, and no shell knows those of a
 * word processor. Only activation codes are meant, which need quotes for their `$`.
 */
export function withoutQuotes(argument: string): string {
  const isQuoted = quotePairs.some(
    ([begin, end]) => argument.length > 2 && argument.startsWith(begin) && argument.endsWith(end),
  );
  return isQuoted && argument.includes('$') ? argument.slice(1, -1) : argument;
}
