import { Argument, Command } from 'commander';
import type { Calls } from '../../library/calls.js';
import { ControlError } from '../../library/errors.js';
import { CliError, MisuseError } from '../errors.js';
import { fileToRead } from '../files.js';
import { examples } from '../help.js';
import { commandFor, shellWord } from '../invocation.js';
import { print } from '../output.js';
import { apiFlags, type ApiFlags } from '../profile/api-flags.js';
import { callApi } from '../server-calls.js';
import { devicesOfManifest } from './manifest-devices.js';

const platforms = ['windows', 'apple', 'android'] as const;
type Platform = (typeof platforms)[number];

interface EnrolFlags extends ApiFlags {
  readonly eid?: string;
  readonly manifest?: string;
  readonly user?: string;
}

/** A device to enrol. The command makes the device if it does not exist. */
interface Wanted {
  readonly name?: string | undefined;
  readonly eid?: string | undefined;
}

interface Enrolled {
  readonly name: string;
  readonly eid: string;
  readonly isNew: boolean;
}

/** `mock-smdp mdm enrol`. */
export function enrolCommand(): Command {
  const command = new Command('enrol')
    .description(
      'Enrol virtual devices. The command makes the devices that do not exist. New devices exist until the server stops.',
    )
    .addArgument(new Argument('<platform>', 'platform of the devices').choices(platforms))
    .argument('[name...]', 'names of the devices (default: the platform and a number)')
    .option('--eid <digits>', 'the EID of one device: 32 digits (default: a new one)')
    .option('--manifest <file>', 'enrol the devices of an EID manifest, named by their labels', fileToRead)
    .option('--user <user>', 'user who enrols the devices');
  examples(apiFlags(command), [
    ['an iPhone', 'mdm enrol apple anna'],
    ['a PC for each EID of a manifest', 'mdm enrol windows --manifest data/pcs.example.csv'],
  ]);
  return command.action(async (platform: Platform, names: readonly string[], flags: EnrolFlags) => {
    const wanted = await wantedBy(names, flags);
    await callApi(
      flags,
      async (calls) => {
        const known = await calls.devices.list();
        const enrolled: Enrolled[] = [];
        for (const device of wanted) {
          const { name, eid } = device;
          const found = known.find((each) => each.name === name || (eid !== undefined && each.eid === eid));
          const made = found ?? (await calls.devices.create({ ...device, platform }));
          await enrol(calls, made.name, flags.user);
          enrolled.push({ name: made.name, eid: made.eid, isNew: !found });
        }
        return enrolled;
      },
      show,
    );
  });
}

async function wantedBy(names: readonly string[], { eid, manifest }: EnrolFlags): Promise<readonly Wanted[]> {
  if (manifest !== undefined)
    return [...names.map((name) => ({ name })), ...(await devicesOfManifest(manifest))];
  if (eid !== undefined && names.length > 1) throw new MisuseError('Give --eid for one device only.');
  return names.length === 0 ? [{ eid }] : names.map((name) => ({ name, eid }));
}

/** @throws CliError for a wiped device whose record still exists */
async function enrol({ management }: Calls, name: string, user: string | undefined): Promise<void> {
  try {
    await management.enrol(name, { wait: false });
  } catch (error) {
    if (!(error instanceof ControlError) || error.status !== 409) throw error;
    throw new CliError(`${error.message}: ${commandFor('mdm', 'forget', shellWord(name))}`, { cause: error });
  }
  if (user !== undefined) await management.change(name, { user });
}

/** Maximum number of devices to name one by one. */
const mostNamed = 5;

function show(enrolled: readonly Enrolled[]): void {
  if (enrolled.length <= mostNamed) return enrolled.forEach(({ name, eid }) => print(`${name}: EID ${eid}`));
  const made = enrolled.filter(({ isNew }) => isNew).length;
  return print(`Enrolled ${enrolled.length} devices; ${made} of them are new.`);
}
