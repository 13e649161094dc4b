import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseDocument } from 'yaml';
import type { GroupRequest, PolicyRequest } from '../../api/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { MisuseError } from '../errors.js';
import { devicesOfManifest } from './manifest-devices.js';

/** The content of a policy file. */
export interface PolicyFile {
  readonly groups: Readonly<Record<string, GroupRequest>>;
  readonly policies: Readonly<Record<string, PolicyRequest>>;
}

/** Longest policy file in octets. */
const longest = 4 * 1024 * 1024;

/**
 * Reads a policy file, YAML or JSON. A group may be a list of devices, or name a `manifest`: its devices are those of the
 * manifest. The codes of a policy may be in a `file`. Paths of files are relative to the policy file. The server checks
 * everything else.
 *
 * @throws MisuseError naming the place and the problem
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  const { groups = {}, policies = {}, ...others } = objectOf(contentOf(path), path, 'groups');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const meant = nearest(unknown, ['groups', 'policies']);
    throw new MisuseError(
      `${path}: '${unknown}' is not known; ${meant ? `did you mean '${meant}'?` : 'write groups and policies'}`,
    );
  }
  const folder = dirname(path);
  return {
    groups: await mapped(objectOf(groups, `${path}: groups`, 'laptops'), (group, name) =>
      groupOf(group, `${path}: groups.${name}`, folder),
    ),
    policies: await mapped(objectOf(policies, `${path}: policies`, 'esim'), async (policy, name) =>
      policyOf(
        objectOf(policy, `${path}: policies.${name}`, 'downloadServer'),
        `${path}: policies.${name}`,
        folder,
      ),
    ),
  };
}

function contentOf(path: string): unknown {
  const octets = readFileSync(path);
  if (octets.length > longest) throw new MisuseError(`${path} is longer than ${longest} octets`);
  const document = parseDocument(octets.toString('utf8'), { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new MisuseError(`${path} is not YAML: ${error.message}`);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new MisuseError(`${path} cannot be used: ${(cause as Error).message}`, { cause });
  }
}

function objectOf(value: unknown, what: string, example: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new MisuseError(`${what} must have members, such as '${example}:'`);
}

async function mapped<T>(
  values: Record<string, unknown>,
  convert: (value: unknown, name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const result: Record<string, T> = {};
  for (const [name, value] of Object.entries(values)) result[name] = await convert(value, name);
  return result;
}

async function groupOf(value: unknown, what: string, folder: string): Promise<GroupRequest> {
  if (Array.isArray(value))
    return { devices: value.map((each, index) => deviceName(each, `${what}.${index}`)) };
  const { manifest, devices = [], ...group } = objectOf(value, what, 'manifest');
  if (manifest === undefined) return { devices: devices as string[], ...group };
  const path = fileIn(folder, manifest, `${what}.manifest`);
  if (!existsSync(path)) throw new MisuseError(`${what}.manifest: there is no file ${path}`);
  const found = await devicesOfManifest(path);
  return { ...group, devices: [...(devices as string[]), ...found.map(({ name }) => name)] };
}

/** YAML reads 007 and an EID without quotes as numbers, which lose digits. */
function deviceName(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw new MisuseError(`${what} must be the name of a device; write it in quotes`);
}

function policyOf(policy: Record<string, unknown>, what: string, folder: string): PolicyRequest {
  const { activationCodes } = policy;
  if (activationCodes === undefined) return policy;
  const { file, ...codes } = objectOf(activationCodes, `${what}.activationCodes`, 'file');
  if (file === undefined) return policy;
  const name = fileIn(folder, file, `${what}.activationCodes.file`);
  return {
    ...policy,
    activationCodes: { ...codes, csv: readText(name), fileName: basename(name) },
  };
}

function fileIn(folder: string, name: unknown, what: string): string {
  if (typeof name === 'string' && name !== '') return join(folder, name);
  throw new MisuseError(`${what} must be the name of a file`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MisuseError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
