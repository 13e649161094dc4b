import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { OfferedProfile } from '../../device/index.js';
import { printable } from '../output.js';

/** Asks the user for the confirmation code. Returns `undefined` if there is no terminal or the user enters nothing. */
export async function askConfirmationCode({ profileName }: OfferedProfile): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`  Confirmation code for ${printable(profileName)}: `)) || undefined;
  } finally {
    terminal.close();
  }
}

/**
 * Asks a question that the user answers with y or n. Reads the answer from standard input, which need not be a terminal. The end of the
 * input means no.
 */
export async function askYesNo(question: string): Promise<boolean> {
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await Promise.race([
      input.question(`${question} [y/n] `),
      once(input, 'close').then(() => 'n'),
    ]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    input.close();
  }
}
