import { printable, printStatusWrapped } from '../output.js';

const width = 23;

/** Says which step of a download or a discovery is done, and what came of it. */
export const printStep = ({ step, message }: { readonly step: string; readonly message: string }): void =>
  printStatusWrapped(`  ${step.padEnd(width)}  ${printable(message)}`, ' '.repeat(width + 4));
