import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GroupRequest, PolicyRequest } from '../../api/index.js';
import { nearest } from '../../base/did-you-mean.js';
import { MisuseError } from '../errors.js';
import { devicesOfManifest } from './manifest-devices.js';
import { readYaml, type YamlFile } from './yaml-file.js';

/** The content of a policy file. */
export interface PolicyFile {
  readonly groups: Readonly<Record<string, GroupRequest>>;
  readonly policies: Readonly<Record<string, PolicyRequest>>;
  /** Where a member is: `policy.yaml: line 7: policies.esim.include`. */
  readonly placeOf: YamlFile['placeOf'];
  /** The file with the codes of a policy; `undefined` if they are not in a file. */
  readonly codesFileOf: (policy: string) => string | undefined;
}

/** Longest policy file in octets. */
const longest = 4 * 1024 * 1024;

/**
 * Reads a policy file, YAML or JSON. A group is a list of devices, or names a `manifest` whose devices belong to the
 * group. The codes of a policy may be in a `file`. Paths of files are relative to the policy file. The server checks
 * all other members.
 *
 * @throws MisuseError, which names the place and the problem
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  const file = readYaml(path, longest);
  const { groups = {}, policies = {}, ...others } = objectOf(file, file.content, [], 'groups');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const meant = nearest(unknown, ['groups', 'policies']);
    throw new MisuseError(
      `${file.placeOf([unknown])} is not known; ${meant ? `did you mean '${meant}'?` : 'write groups and policies'}`,
    );
  }
  const codes = new Map<string, string>();
  const made: Record<string, GroupRequest> = {};
  for (const [name, group] of Object.entries(objectOf(file, groups, ['groups'], 'laptops')))
    made[name] = await groupOf(file, group, ['groups', name]);
  const read: Record<string, PolicyRequest> = {};
  for (const [name, policy] of Object.entries(objectOf(file, policies, ['policies'], 'esim')))
    read[name] = policyOf(file, policy, ['policies', name], (list) => codes.set(name, list));
  return {
    groups: made,
    policies: read,
    placeOf: file.placeOf,
    codesFileOf: (policy) => codes.get(policy),
  };
}

type Path = readonly string[];

function objectOf(file: YamlFile, value: unknown, at: Path, example: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new MisuseError(`${file.placeOf(at)} must have members, such as '${example}:'`);
}

async function groupOf(file: YamlFile, value: unknown, at: Path): Promise<GroupRequest> {
  if (Array.isArray(value))
    return { devices: value.map((each, index) => deviceName(file, each, [...at, String(index)])) };
  const { manifest, devices = [], ...group } = objectOf(file, value, at, 'manifest');
  if (manifest === undefined) return { devices: devices as string[], ...group };
  const path = fileIn(file, manifest, [...at, 'manifest']);
  if (!existsSync(path))
    throw new MisuseError(`${file.placeOf([...at, 'manifest'])}: there is no file ${path}`);
  const found = await devicesOfManifest(path);
  return { ...group, devices: [...(devices as string[]), ...found.map(({ name }) => name)] };
}

/** The name of a device. Without quotes, YAML would read 007 or an EID as a number and lose digits. */
function deviceName(file: YamlFile, value: unknown, at: Path): string {
  if (typeof value === 'string') return value;
  throw new MisuseError(`${file.placeOf(at)} must be the name of a device; write it in quotes`);
}

function policyOf(file: YamlFile, value: unknown, at: Path, hasList: (list: string) => void): PolicyRequest {
  const policy = objectOf(file, value, at, 'downloadServer');
  if (policy.activationCodes === undefined) return policy;
  const codesAt = [...at, 'activationCodes'];
  const { file: list, ...codes } = objectOf(file, policy.activationCodes, codesAt, 'file');
  if (list === undefined) return policy;
  const path = fileIn(file, list, [...codesAt, 'file']);
  hasList(path);
  return { ...policy, activationCodes: { ...codes, csv: readText(path), fileName: basename(path) } };
}

/** A path in the policy file, relative to the folder of that file. */
function fileIn(file: YamlFile, name: unknown, at: Path): string {
  if (typeof name === 'string' && name !== '') return join(dirname(file.path), name);
  throw new MisuseError(`${file.placeOf(at)} must be the name of a file`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MisuseError(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
