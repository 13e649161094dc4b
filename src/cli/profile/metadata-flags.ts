import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { collect } from '../help.js';
import { MisuseError } from '../errors.js';

/** Values of the options for the metadata of a profile (SGP.22 5.5.3). */
export interface MetadataFlags {
  readonly metadata?: string;
  readonly serviceProviderName?: string;
  readonly profileName?: string;
  readonly profileClass?: string;
  readonly icon?: string;
  readonly policyRule?: readonly string[];
  readonly notify?: readonly string[];
  readonly owner?: string;
}

export const metadataFlags = (command: Command): Command =>
  command
    .option('--service-provider-name <name>', 'up to 32 characters')
    .option('--profile-name <name>', 'up to 64 characters')
    .addOption(
      new Option('--profile-class <class>', 'class of the profile').choices([
        'test',
        'provisioning',
        'operational',
      ]),
    )
    .option('--icon <file>', 'PNG or JPEG, 64 x 64 pixels, up to 1024 octets')
    .option('--policy-rule <rule>', 'ppr1, ppr2 or pprUpdateControl; may be given several times', collect)
    .option(
      '--notify <address=operations>',
      "server that gets notifications, and for which operations: 'smdp.example.com=install,delete'; may be given several times",
      collect,
    )
    .option('--owner <mccmnc,gid1,gid2>', 'profile owner; group identifiers in hex digits, if any')
    .option('--metadata <file>', 'file with further metadata as JSON; the options above take precedence');

/** Splits the options into metadata and the rest. The metadata are `undefined` if the user gave no option for them. */
export function metadataFrom<Flags extends MetadataFlags>(
  flags: Flags,
): { order: Omit<Flags, keyof MetadataFlags>; metadata: object | undefined } {
  const {
    metadata: file,
    serviceProviderName,
    profileName,
    profileClass,
    icon,
    policyRule,
    notify,
    owner,
    ...order
  } = flags;
  const metadata: object = {
    ...(file !== undefined && jsonIn(file)),
    ...(serviceProviderName !== undefined && { serviceProviderName }),
    ...(profileName !== undefined && { profileName }),
    ...(profileClass !== undefined && { profileClass }),
    ...(icon !== undefined && { icon: icon === '' ? '' : contentOf('--icon', icon).toString('base64') }),
    ...(policyRule && { profilePolicyRules: policyRule }),
    ...(notify && { notificationConfigurationInfo: notify.map(notificationConfiguration) }),
    ...(owner !== undefined && { profileOwner: profileOwner(owner) }),
  };
  return { order, metadata: Object.keys(metadata).length > 0 ? metadata : undefined };
}

function notificationConfiguration(text: string): object {
  const [, notificationAddress, operations] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (notificationAddress === undefined || operations === undefined) {
    throw new MisuseError(`--notify is '${text}', but must be like smdp.example.com=install,delete.`);
  }
  return { notificationAddress, profileManagementOperation: operations.split(',') };
}

function profileOwner(text: string): object {
  const [mccMnc, gid1, gid2] = text.split(',');
  return { mccMnc, ...(gid1 && { gid1 }), ...(gid2 && { gid2 }) };
}

function jsonIn(file: string): object {
  const text = contentOf('--metadata', file).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The error below covers invalid JSON and JSON that is not an object.
  }
  throw new MisuseError(`--metadata ${file} is not a JSON object.`);
}

function contentOf(option: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new MisuseError(`${option} ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
