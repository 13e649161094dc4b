import { Command } from 'commander';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { iccidDigits } from '../numbers.js';

/** `mock-smdp order release`. */
export const releaseCommand = (): Command =>
  orderFlags(
    new Command('release')
      .description(
        'Release the profile of a confirmed order, so that a device can download it (ES2+.ReleaseProfile).',
      )
      .argument('<iccid>', 'ICCID', iccidDigits),
  ).action((iccid: string, flags: OrderFlags) => place(flags, 'releaseProfile', { iccid }));
