import { Command } from 'commander';
import { examples } from '../help.js';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { eidDigits, iccidDigits } from '../numbers.js';
import { addressOrNone } from '../addresses.js';

interface ConfirmFlags extends OrderFlags {
  readonly eid?: string;
  readonly matchingId?: string;
  readonly confirmationCode?: string;
  readonly smdsAddress?: string;
  readonly release: boolean;
}

/** `mock-smdp order confirm`. */
export function confirmCommand(): Command {
  const command = new Command('confirm')
    .description('Give an order its MatchingID, and release the profile (ES2+.ConfirmOrder).')
    .argument('<iccid>', 'ICCID', iccidDigits)
    .option('--eid <digits>', 'the only eUICC that may download it', eidDigits)
    .option('--matching-id <id>', "MatchingID; '' if the device needs only its EID (default: a new one)")
    .option('--confirmation-code <code>', 'code that the end user must enter')
    .option('--smds-address <host>', 'SM-DS at which to register the order for the device', addressOrNone)
    .option('--no-release', 'do not release the profile before `order release`');
  examples(orderFlags(command), [
    ['with a new MatchingID', 'order confirm 8900101…'],
    [
      'for the device with this EID, without an activation code',
      "order confirm 8900101… --eid 89049032… --matching-id ''",
    ],
  ]);
  return command.action((iccid: string, flags: ConfirmFlags) => {
    const { eid, matchingId, confirmationCode, smdsAddress, release, ...rest } = flags;
    const members = { iccid, eid, matchingId, confirmationCode, smdsAddress, releaseFlag: release };
    return place(rest, 'confirmOrder', members);
  });
}
