import { Command } from 'commander';
import { es2plusFunctions } from '../../api/index.js';
import { examples } from '../help.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { orderFlags, type OrderFlags } from './order-flags.js';
import { place } from './place.js';
import { eidDigits, iccidDigits } from '../numbers.js';

const { request } = es2plusFunctions.downloadOrder;

/** `mock-smdp order download`. */
export function downloadCommand(): Command {
  const command = new Command('download').description(
    'Reserve a profile by its ICCID or its profile type (ES2+.DownloadOrder). Default: any profile of the type generic.',
  );
  memberFlags(command, request, { parsers: { iccid: iccidDigits, eid: eidDigits } });
  examples(orderFlags(command), [
    ['any profile of the default type', 'order download'],
    ['one profile for one eUICC', 'order download --iccid 8900101… --eid 89049032…'],
  ]);
  return command.action((flags: OrderFlags) => {
    const members = membersIn(flags, request);
    const isNamed = members.iccid !== undefined || members.profileType !== undefined;
    return place(flags, 'downloadOrder', isNamed ? members : { ...members, profileType: 'generic' });
  });
}
