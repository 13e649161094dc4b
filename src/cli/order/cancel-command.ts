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
    .description('ES2+.CancelOrder: take an order back that nobody has downloaded.')
    .argument('<iccid>', 'ICCID', iccidDigits)
    .option('--eid <digits>', 'EID of the order, where it has one', eidDigits)
    .option('--matching-id <id>', 'MatchingID of the order, where it has one')
    .addOption(
      new Option('--final-profile-status-indicator <state>', 'what the profile is then')
        .choices(['Available', 'Unavailable'])
        .default('Available'),
    );
  return orderFlags(command).action((iccid: string, flags: CancelFlags) => {
    const { eid, matchingId, finalProfileStatusIndicator, ...rest } = flags;
    return place(rest, 'cancelOrder', { iccid, eid, matchingId, finalProfileStatusIndicator });
  });
}
