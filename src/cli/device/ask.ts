import { createInterface } from 'node:readline/promises';
import type { OfferedProfile } from '../../device/index.js';
import { printable } from '../output.js';

/** Asks the person at the terminal for the confirmation code; without a terminal there is none. */
export async function askConfirmationCode({ profileName }: OfferedProfile): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`  Confirmation code for ${printable(profileName)}: `)) || undefined;
  } finally {
    terminal.close();
  }
}
