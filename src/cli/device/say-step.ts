import { printable, sayWrapped } from '../output.js';

const width = 23;

/** Says which step of a download or a discovery is done, and what came of it. */
export const sayStep = ({ step, message }: { readonly step: string; readonly message: string }): void =>
  sayWrapped(`  ${step.padEnd(width)}  ${printable(message)}`, ' '.repeat(width + 4));
