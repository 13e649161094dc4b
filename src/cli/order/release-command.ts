import { Command } from 'commander';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { iccidDigits } from '../numbers.js';

/** `mock-smdp order release`. */
export const releaseCommand = (): Command =>
  orderFlags(
    new Command('release')
      .description('ES2+.ReleaseProfile: let a confirmed order be downloaded.')
      .argument('<iccid>', 'ICCID', iccidDigits),
  ).action((iccid: string, flags: OrderFlags) => place(flags, 'releaseProfile', { iccid }));
