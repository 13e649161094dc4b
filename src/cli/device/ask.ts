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
