import { Command } from 'commander';
import { es2plusFunctions } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { eidDigits, iccidDigits } from '../numbers.js';
import { addressOrNone } from '../addresses.js';

const { request } = es2plusFunctions.confirmOrder;

/** `mock-smdp order confirm`. */
export function confirmCommand(): Command {
  const command = new Command('confirm')
    .description('Give an order its MatchingID, and release the profile (ES2+.ConfirmOrder).')
    .argument('<iccid>', 'ICCID', iccidDigits)
    .option('--no-release', 'do not release the profile; release it later with `order release`');
  memberFlags(command, request, {
    leaveOut: ['iccid', 'releaseFlag'],
    parsers: { eid: eidDigits, smdsAddress: addressOrNone },
  });
  examples(orderFlags(command), [
    ['with a new MatchingID', 'order confirm 8900101…'],
    [
      'for the device with this EID, without an activation code',
      "order confirm 8900101… --eid 89049032… --matching-id ''",
    ],
  ]);
  return command.action((iccid: string, flags: OrderFlags & { readonly release: boolean }) =>
    place(flags, 'confirmOrder', { ...membersIn(flags, request), iccid, releaseFlag: flags.release }),
  );
}
