import { Command, Option } from 'commander';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { luhnOption } from '../luhn-option.js';
import { wholeNumber } from '../numbers.js';
import { print, printable, printStatus } from '../output.js';
import { qrCode } from '../qr-code.js';
import { apiFlags, membersOf, type ApiFlags } from './api-flags.js';
import type { CreatedProfile } from './api-types.js';
import { callApi } from './connect.js';
import { describeProfile } from './describe.js';
import { metadataFrom, metadataFlags, type MetadataFlags } from './metadata-flags.js';
import { remarkLines } from './problem.js';

/** Members of `POST /profiles`, by their names there. */
interface OrderFlags {
  readonly profileType?: string;
  readonly iccid?: string;
  readonly luhn?: string;
  readonly eid?: string;
  readonly matchingId?: string;
  readonly confirmationCode?: string;
  readonly confirmationCodeAttempts?: number;
  readonly downloadAttempts?: number;
  readonly validUntil?: string;
  readonly smdsAddress?: string;
  readonly reuse?: string;
  readonly state?: string;
  readonly label?: string;
  readonly pool?: string;
}

/** `mock-smdp profile create`. */
export function createCommand(): Command {
  const command = new Command('create')
    .description('Prepare a profile, and print its activation code with a QR code.')
    .option('--profile-type <name>', 'type of the profile (default: generic)')
    .option('--iccid <digits>', '18 to 20 digits (default: the next free one)')
    .addOption(luhnOption('warn'))
    .option('--eid <digits>', 'the only eUICC that may download it (default: the first that is served)')
    .option('--matching-id <id>', "'' for look-up by EID (default: a new one)")
    .option('--confirmation-code <code>', 'what the end user has to enter (default: none)')
    .option(
      '--confirmation-code-attempts <number>',
      'wrong codes that end the order (default: 5)',
      wholeNumber,
    )
    .option('--download-attempts <number>', 'downloads that may be begun (default: no limit)', wholeNumber)
    .option('--valid-until <instant>', 'for instance 2030-01-31T12:00:00Z (default: for ever)')
    .option('--smds-address <address>', 'SM-DS that is told of the order (default: none)')
    .addOption(
      new Option('--reuse <policy>', 'who may use the code how often (default: once)').choices([
        'once',
        'per-device',
        'unlimited',
      ]),
    )
    .option('--state <state>', 'state to begin in (default: Released)')
    .option('--label <text>', 'text to find it by')
    .option('--pool <name>', 'pool that it is in');
  examples(apiFlags(metadataFlags(command)), [
    ['one that any device may download once', 'profile create'],
    ['with a confirmation code, for one device', 'profile create --confirmation-code 1234 --eid 8904…'],
    ['a code for a whole class-room', 'profile create --reuse per-device --label workshop'],
    ['with a name and an icon of your own', "profile create --profile-name 'My plan' --icon logo.png"],
  ]);
  return command.action((flags: ApiFlags & OrderFlags & MetadataFlags) =>
    callApi<CreatedProfile>(flags, (api) => api.post(['profiles'], bodyFrom(flags)), showCreated),
  );
}

/** Every option that was given is a member of the body; those that were not are left to the server. */
function bodyFrom(flags: ApiFlags & OrderFlags & MetadataFlags): object {
  const { order, metadata } = metadataFrom(membersOf(flags));
  return metadata ? { ...order, metadata } : order;
}

async function showCreated(profile: CreatedProfile): Promise<void> {
  describeProfile(profile).forEach((line) => print(line));
  for (const warning of profile.warnings) {
    for (const line of remarkLines(warning)) printStatus(`Warning: ${printable(line.trim())}`);
  }
  const { activationCode } = profile;
  if (activationCode === null) return;
  print();
  print(await qrCode(activationCode));
  print(`  Download it: ${commandFor('device', 'download', shellWord(printable(activationCode)))}`);
}
