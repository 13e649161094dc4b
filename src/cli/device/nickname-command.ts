import { Command } from 'commander';
import { plainDigits } from '../../base/written-number.js';
import { canonicalIccid } from '../../wire/rsp/index.js';
import { CliError, MisuseError } from '../errors.js';
import { noSuchProfile } from '../installed-profiles.js';
import { print, printable, printJson } from '../output.js';
import { deviceFlags, type DeviceFlags } from './flags.js';
import { changingEuicc } from './open-device.js';

/** `mock-smdp device nickname`. */
export function nicknameCommand(): Command {
  const command = new Command('nickname')
    .description('Set the nickname of a profile, as its user does. Without a name, remove the nickname.')
    .argument('<iccid>', 'ICCID of the profile')
    .argument('[name]', 'up to 64 characters', '');
  return deviceFlags(command).action((given: string, nickname: string, flags: DeviceFlags) =>
    changingEuicc(flags, (device) => {
      if (nickname.length > 64) throw new MisuseError('A nickname has at most 64 characters.');
      const iccid = canonicalIccid(plainDigits(given));
      const result = device.setNickname(iccid, nickname);
      if (result !== 'ok')
        throw new CliError(noSuchProfile(`eUICC ${device.eid}`, iccid, result, device.profiles()));
      if (flags.json) printJson({ iccid, nickname: nickname === '' ? null : nickname });
      else
        print(
          nickname === ''
            ? `Profile ${iccid} has no nickname.`
            : `Profile ${iccid} is '${printable(nickname)}'.`,
        );
    }),
  );
}
