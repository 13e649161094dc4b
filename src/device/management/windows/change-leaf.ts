import { isAddress } from '../../../base/address.js';
import { SyncRefusal, SyncStatus, type Change, type GivenValue } from '../syncml/index.js';
import type { FoundNode } from './nodes.js';
import type { PcEuicc } from './pc-euicc.js';
import type { WindowsSettings } from './settings.js';
import { ProfileState, type EnterpriseProfile } from './state.js';

/** A leaf that a command sets. Its parent node exists. */
export interface Leaf extends FoundNode {
  readonly euicc: PcEuicc;
  readonly value: GivenValue;
  readonly settings: WindowsSettings;
}

/** Sets a leaf that has no value yet. @throws SyncRefusal 418 if the leaf has a value */
export function addLeaf(leaf: Leaf): Change {
  const { definition, key, euicc } = leaf;
  const member = memberOf(leaf);
  const owner: Record<string, unknown> = ownerOf(definition.path, euicc, key);
  if (owner[member] !== undefined)
    throw new SyncRefusal(SyncStatus.existsAlready, 'the node already has a value; use Replace');
  return replaceLeaf(leaf);
}

/** Sets a leaf. */
export function replaceLeaf(leaf: Leaf): Change {
  const { definition, key, euicc } = leaf;
  if (definition.path === 'Policies/LocalUIEnabled') return set(euicc.state, 'localUiEnabled', toBool(leaf));
  if (definition.path === 'Profiles/{ICCID}/IsEnabled') return changeEnabled(leaf, toBool(leaf));
  const change = set(ownerOf(definition.path, euicc, key), memberOf(leaf), valueOf(leaf));
  const profile = euicc.state.profiles.get(key);
  if (!profile || !definition.path.startsWith('Profiles/')) return change;
  return { ...change, status: leaf.settings.addStatus, afterwards: () => euicc.work.install(profile) };
}

const members = {
  'DownloadServers/{ServerName}/AutoEnable': 'autoEnable',
  'DownloadServers/{ServerName}/IsDiscoveryServer': 'isDiscoveryServer',
  'DownloadServers/{ServerName}/MaximumAttempts': 'maximumAttempts',
  'Profiles/{ICCID}/ServerName': 'serverName',
  'Profiles/{ICCID}/MatchingID': 'matchingId',
  'Profiles/{ICCID}/IsEnabled': 'enablesItself',
} as const;

const memberOf = ({ definition: { path } }: Leaf): string => members[path as keyof typeof members];

const ownerOf = (path: string, { state }: PcEuicc, key: string): object & Record<string, unknown> =>
  (path.startsWith('DownloadServers/')
    ? state.servers.get(key)!
    : state.profiles.get(key)!) as unknown as Record<string, unknown>;

function valueOf(leaf: Leaf): string | number | boolean {
  const { definition, value, settings } = leaf;
  const text = value.data ?? '';
  if (definition.format === 'bool') return toBool(leaf);
  if (definition.format === 'int') {
    if (!/^\d{1,9}$/.test(text)) throw wrongValue(settings, `'${text}' is not a number`);
    return Number(text);
  }
  if (definition.path.endsWith('/ServerName') && !isAddress(text))
    throw wrongValue(settings, `'${text}' is not a host name`);
  if (definition.path.endsWith('/MatchingID') && !isMatchingId(text, settings))
    throw wrongValue(settings, `'${text}' is not a MatchingID`);
  return text;
}

/** Whether Windows accepts a MatchingID. Windows accepts fewer forms than SGP.22 (4.1.1). */
const isMatchingId = (text: string, { windowsMatchingIds }: WindowsSettings): boolean =>
  windowsMatchingIds ? /^(?:[0-9a-f]{5}-){3}[0-9a-f]{5}$/i.test(text) : /^[0-9A-Z-]{0,255}$/i.test(text);

function toBool({ value: { data = '' }, settings }: Leaf): boolean {
  const text = data.toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrongValue(settings, `'${data}' is neither true nor false`);
}

const wrongValue = ({ wrongValueStatus }: WindowsSettings, message: string): SyncRefusal =>
  new SyncRefusal(wrongValueStatus, message);

function set<T extends object, K extends keyof T>(owner: T, member: K, value: T[K]): Change {
  const before = owner[member];
  owner[member] = value;
  return { undo: () => void (owner[member] = before) };
}

/**
 * Enables or disables an installed profile at once. If the profile is not installed yet, stores the value and applies
 * it after the installation.
 */
function changeEnabled({ euicc, key }: Leaf, isEnabled: boolean): Change {
  const { device, state, work } = euicc;
  const profile: EnterpriseProfile = state.profiles.get(key)!;
  const kept = set(profile, 'enablesItself', isEnabled);
  if (profile.state !== ProfileState.installed) return kept;
  const before = device.profiles().find((each) => each.state === 'enabled')?.iccid;
  const iccid = profile.installedIccid ?? profile.iccid;
  const result = isEnabled ? device.enable(iccid) : device.disable(iccid);
  if (result === 'disallowedByPolicy' || result === 'iccidOrAidNotFound') {
    kept.undo();
    throw result === 'disallowedByPolicy'
      ? new SyncRefusal(SyncStatus.failed, 'a policy rule (PPR1) forbids disabling')
      : new SyncRefusal(SyncStatus.notFound, 'the profile is no longer on the eUICC');
  }
  return {
    undo: () => {
      kept.undo();
      restoreEnabled(euicc, before);
    },
    afterwards: () => work.notify(),
  };
}

/** @throws Error if a policy rule forbids undoing the change */
function restoreEnabled({ device }: PcEuicc, iccid: string | undefined): void {
  const now = device.profiles().find((each) => each.state === 'enabled')?.iccid;
  if (now === iccid) return;
  const result = iccid === undefined ? device.disable(now!) : device.enable(iccid);
  if (result !== 'ok') throw new Error(`the eUICC answers ${result}`);
}
