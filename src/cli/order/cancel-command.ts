import { Command, Option } from 'commander';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { eidDigits, iccidDigits } from '../numbers.js';

interface CancelFlags extends OrderFlags {
  readonly eid?: string;
  readonly matchingId?: string;
  readonly finalProfileStatusIndicator: string;
}

/** `mock-smdp order cancel`. */
export function cancelCommand(): Command {
  const command = new Command('cancel')
    .description('Cancel an order whose profile was not downloaded (ES2+.CancelOrder).')
    .argument('<iccid>', 'ICCID', iccidDigits)
    .option('--eid <digits>', 'EID of the order, if it has one', eidDigits)
    .option('--matching-id <id>', 'MatchingID of the order, if it has one')
    .addOption(
      new Option('--final-profile-status-indicator <state>', 'state of the profile afterwards')
        .choices(['Available', 'Unavailable'])
        .default('Available'),
    );
  return orderFlags(command).action((iccid: string, flags: CancelFlags) => {
    const { eid, matchingId, finalProfileStatusIndicator, ...rest } = flags;
    return place(rest, 'cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
  });
}
