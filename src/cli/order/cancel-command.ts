import { Command } from 'commander';
import { es2plusFunctions } from '../../api/index.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { eidDigits, iccidDigits } from '../numbers.js';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';

const { request } = es2plusFunctions.cancelOrder;

/** `mock-smdp order cancel`. */
export function cancelCommand(): Command {
  const command = new Command('cancel')
    .description(
      'Cancel an order whose profile was not downloaded (ES2+.CancelOrder). If the order has an EID and a MatchingID, give both.',
    )
    .argument('<iccid>', 'ICCID', iccidDigits);
  memberFlags(command, request, {
    leaveOut: ['iccid'],
    parsers: { eid: eidDigits },
    defaults: { finalProfileStatusIndicator: 'Available' },
  });
  return orderFlags(command).action((iccid: string, flags: OrderFlags) =>
    place(flags, 'cancelOrder', { ...membersIn(flags, request), iccid }),
  );
}
