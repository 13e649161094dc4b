import { printable, printStatusWrapped } from '../output.js';

const width = 23;

/** Prints a completed step of a download or a discovery. */
export const printStep = ({ step, message }: { readonly step: string; readonly message: string }): void =>
  printStatusWrapped(`  ${step.padEnd(width)}  ${printable(message)}`, ' '.repeat(width + 4));
