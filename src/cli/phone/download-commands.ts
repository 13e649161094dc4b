import { Argument, Command } from 'commander';
import { ConsentRequest, DiscoveryRequest, DownloadRequest } from '../../api/index.js';
import { memberFlags, membersIn } from '../member-flags.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { runOperation } from './operation.js';
import { phoneArgument } from './park-commands.js';

type DownloadFlags = ApiFlags & DownloadRequest & { readonly wait?: boolean };

const waitOption = ['--no-wait', 'do not wait for the end of the download'] as const;

/** `mock-smdp phone download`. */
export function downloadCommand(): Command {
  const command = new Command('download')
    .description('Let a device download a profile, with an activation code or by its EID.')
    .argument('<phone>', phoneArgument)
    .argument(
      '[activationCode]',
      'the activation code or install link (default: none; the server finds the order by the EID)',
    )
    .option(...waitOption);
  memberFlags(command, DownloadRequest, { leaveOut: ['activationCode'] });
  return apiFlags(command).action((phone: string, activationCode: string | undefined, flags: DownloadFlags) =>
    runOperation(phone, flags, ({ devices }) =>
      devices.download(
        phone,
        { ...membersIn(flags, DownloadRequest), ...(activationCode !== undefined && { activationCode }) },
        { wait: flags.wait },
      ),
    ),
  );
}

/** `mock-smdp phone discover`. */
export function discoverCommand(): Command {
  const command = new Command('discover')
    .description(
      'Let a device ask its default SM-DP+ and its SM-DSs, and download every profile that they offer.',
    )
    .argument('<phone>', phoneArgument)
    .option(...waitOption);
  memberFlags(command, DiscoveryRequest);
  return apiFlags(command).action(
    (phone: string, flags: ApiFlags & DiscoveryRequest & { readonly wait?: boolean }) =>
      runOperation(phone, flags, ({ devices }) =>
        devices.discover(phone, membersIn(flags, DiscoveryRequest), { wait: flags.wait }),
      ),
  );
}

/** `mock-smdp phone answer`. */
export function answerCommand(): Command {
  const command = new Command('answer')
    .description('Answer the question that a device asks its user, and wait for the end of the download.')
    .argument('<phone>', phoneArgument)
    .addArgument(new Argument('<answer>', 'the answer of the user').choices(['yes', 'no', 'notNow']));
  memberFlags(command, ConsentRequest, { leaveOut: ['answer'] });
  return apiFlags(command).action(
    (phone: string, answer: ConsentRequest['answer'], flags: ApiFlags & ConsentRequest) =>
      runOperation(phone, flags, ({ devices }) =>
        devices.consent(phone, { ...membersIn(flags, ConsentRequest), answer }),
      ),
  );
}
