import { Command } from 'commander';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';

/** `mock-smdp order release`. */
export const releaseCommand = (): Command =>
  orderFlags(
    new Command('release')
      .description('ES2+.ReleaseProfile: let a confirmed order be downloaded.')
      .argument('<iccid>', 'ICCID'),
  ).action((iccid: string, flags: OrderFlags) => place(flags, 'releaseProfile', { iccid }));
