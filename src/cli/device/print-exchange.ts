import { printStatus } from '../output.js';

const hex = (octets: Buffer): string => octets.toString('hex').toUpperCase();

/** Prints a command APDU, its response, and why the card refused it. */
export function printExchange(command: Buffer, response: Buffer, reason: string | undefined): void {
  printStatus(`> ${hex(command)}`);
  printStatus(`< ${hex(response)}${reason === undefined ? '' : ` (${reason})`}`);
}
