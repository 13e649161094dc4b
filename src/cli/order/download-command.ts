import { Command } from 'commander';
import { examples } from '../help.js';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { eidDigits, iccidDigits } from '../numbers.js';

interface DownloadFlags extends OrderFlags {
  readonly iccid?: string;
  readonly profileType?: string;
  readonly eid?: string;
}

/** `mock-smdp order download`. */
export function downloadCommand(): Command {
  const command = new Command('download')
    .description('Reserve a profile by its ICCID or its type (ES2+.DownloadOrder).')
    .option('--iccid <digits>', 'ICCID of the profile', iccidDigits)
    .option('--profile-type <name>', 'any profile of this type (default without --iccid: generic)')
    .option('--eid <digits>', 'the only eUICC that may download it (default: any)', eidDigits);
  examples(orderFlags(command), [
    ['any profile of the default type', 'order download'],
    ['one profile for one eUICC', 'order download --iccid 8900101… --eid 89049032…'],
  ]);
  return command.action(({ iccid, profileType, eid, ...flags }: DownloadFlags) =>
    place(flags, 'downloadOrder', {
      ...(iccid !== undefined && { iccid }),
      ...(eid !== undefined && { eid }),
      ...((profileType ?? iccid) === undefined ? { profileType: 'generic' } : { profileType }),
    }),
  );
}
