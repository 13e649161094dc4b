import type { ProfileInfo } from '../../euicc/index.js';
import type { FoundNode } from './nodes.js';
import { euiccNameOf, type PcEuicc } from './pc-euicc.js';
import type { WindowsSettings } from './settings.js';

/** Value of a leaf that exists. */
export function readLeaf(euicc: PcEuicc, { definition, key }: FoundNode, settings: WindowsSettings): string {
  const { device, state } = euicc;
  const { path } = definition;
  const fallback = 'default' in definition ? definition.default : undefined;
  if (path.startsWith('DownloadServers/')) return String(ofServer(euicc, path, key) ?? fallback ?? '');
  if (path.startsWith('Profiles/')) return String(ofProfile(euicc, path, key) ?? fallback ?? '');
  const profiles = device.profiles();
  switch (path) {
    case 'Identifier':
      return euiccNameOf(device.eid, settings);
    case 'IsActive':
      return 'true';
    case 'PPR1Allowed':
      return String(profiles.length === 0 && !device.forbiddenPolicyRules().includes('ppr1'));
    case 'PPR1AlreadySet':
      return String(profiles.some((profile) => hasRule(profile, 'ppr1')));
    case 'Policies/LocalUIEnabled':
      return String(state.localUiEnabled);
    case 'Actions/Status':
      return String(state.actionStatus);
    default:
      return '';
  }
}

type Value = string | number | boolean | undefined;

function ofServer({ state }: PcEuicc, path: string, name: string): Value {
  const server = state.servers.get(name)!;
  if (path.endsWith('/DiscoveryState')) return server.discoveryState;
  if (path.endsWith('/AutoEnable')) return server.autoEnable;
  if (path.endsWith('/IsDiscoveryServer')) return server.isDiscoveryServer;
  return path.endsWith('/MaximumAttempts') ? server.maximumAttempts : server.iccid;
}

function ofProfile({ state, device }: PcEuicc, path: string, iccid: string): Value {
  const profile = state.profiles.get(iccid)!;
  const installed = device.profiles().find((each) => each.iccid === (profile.installedIccid ?? iccid));
  if (path.endsWith('/ServerName')) return profile.serverName;
  if (path.endsWith('/MatchingID')) return profile.matchingId;
  if (path.endsWith('/State')) return profile.state;
  if (path.endsWith('/ErrorDetail')) return profile.errorDetail;
  if (path.endsWith('/PPR1Set')) return hasRule(installed, 'ppr1');
  if (path.endsWith('/PPR2Set')) return hasRule(installed, 'ppr2');
  return installed ? installed.state === 'enabled' : (profile.enablesItself ?? false);
}

const hasRule = (profile: ProfileInfo | undefined, rule: 'ppr1' | 'ppr2'): boolean =>
  profile?.policyRules?.includes(rule) ?? false;
