import { Asn1Error, decode, sequence } from '../../wire/asn1/index.js';
import type { Command } from './command.js';
import { refused } from './status-words.js';

const TerminalCapability = sequence({}, { tag: 0xa9, extensible: true });

/**
 * Accepts TERMINAL CAPABILITY (ETSI TS 102 221 11.1.19), the command with which a device announces its LPA. The command
 * changes nothing.
 *
 * @returns no data
 * @throws CommandRefused: 6A86 for wrong parameters, 6A80 if the data are not one TLV with tag A9
 */
export function checkTerminalCapability({ p1, p2, data }: Command): Buffer {
  if (p1 !== 0 || p2 !== 0) throw refused('incorrectParameters', 'P1 and P2 must be 00');
  try {
    decode(TerminalCapability, data);
  } catch (error) {
    if (error instanceof Asn1Error) throw refused('incorrectData', `terminal capability ${error.message}`);
    throw error;
  }
  return Buffer.alloc(0);
}
