import { Argument, Command } from 'commander';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';

interface EnrolFlags extends ApiFlags {
  readonly eid?: string;
}

const platforms = ['windows', 'apple', 'android'] as const;

/** `mock-smdp mdm enrol`. */
export const enrolCommand = (): Command =>
  apiFlags(
    new Command('enrol')
      .description('Make a virtual device that can be managed. It exists until the server ends.')
      .addArgument(new Argument('<platform>', 'what it is').choices(platforms))
      .argument('[name]', 'its name (default: the platform and a number)')
      .option('--eid <digits>', 'its EID: 32 digits (default: a new one)'),
  ).action((platform: (typeof platforms)[number], name: string | undefined, flags: EnrolFlags) =>
    callApi(
      flags,
      ({ devices }) => devices.create({ platform, name, eid: flags.eid }),
      (device) => print(`${device.name}: EID ${device.eid}`),
    ),
  );
