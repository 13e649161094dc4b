import { Command } from 'commander';
import { ProfileRequest, type CreatedProfile } from '../../api/index.js';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { memberFlags } from '../member-flags.js';
import { print, printable, printStatus } from '../output.js';
import { qrCode } from '../qr-code.js';
import { callApi } from '../server-calls.js';
import { apiFlags, membersOf, type ApiFlags } from './api-flags.js';
import { describeProfile } from './describe.js';
import { metadataFrom, metadataFlags, type MetadataFlags } from './metadata-flags.js';
import { remarkLines } from './problem.js';

/** `mock-smdp profile create`. */
export function createCommand(): Command {
  const command = new Command('create').description(
    'Prepare a profile, and print its activation code with a QR code.',
  );
  memberFlags(command, ProfileRequest, { leaveOut: ['metadata'] });
  examples(apiFlags(metadataFlags(command)), [
    ['a profile for one download, by any device', 'profile create'],
    ['with a confirmation code, for one device', 'profile create --confirmation-code 1234 --eid 8904…'],
    ['a code for a whole classroom', 'profile create --reuse per-device --label workshop'],
    ['with a name and an icon of your own', "profile create --profile-name 'My plan' --icon logo.png"],
  ]);
  return command.action((flags: ApiFlags & MetadataFlags) =>
    callApi(flags, ({ profiles }) => profiles.create(requestFrom(flags)), showCreated),
  );
}

/** Converts the options to members of the request. The server uses its defaults for absent members. */
function requestFrom(flags: ApiFlags & MetadataFlags): ProfileRequest {
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
