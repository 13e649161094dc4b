import { hasBit, setBits, type BitString } from '../wire/asn1/index.js';
import type { DeviceRequirements } from '../profiles/index.js';
import {
  type DeviceInfo,
  type EuiccInfo2,
  freeMemory,
  Refusal,
  RspCapability,
  UiccCapability,
} from '../wire/rsp/index.js';

/** What a profile requires of the device and its eUICC. */
export interface Requirements extends DeviceRequirements {
  /** The PprIds in the profile's metadata. */
  readonly profilePolicyRules?: BitString | undefined;
}

/**
 * Checks that the device and its eUICC can install the profile (SGP.22 3.1.3, annex F).
 *
 * @throws Refusal 8.2.5/4.3 if a requirement is not met; 8.1/4.8 if the eUICC has too little memory
 */
export function checkEligibility(needs: Requirements, euicc: EuiccInfo2, device: DeviceInfo): void {
  const problem =
    forbiddenRules(needs, euicc) ??
    missingCapability(needs, euicc) ??
    missingRelease(needs, device) ??
    (isBelow(euicc.svn, needs.svn) ? `its SVN is below ${needs.svn}` : undefined);
  if (problem !== undefined) throw new Refusal('8.2.5/4.3', `eUICC is not eligible: ${problem}`);
  const free = freeMemory(euicc.extCardResource);
  if (needs.memory !== undefined && free !== undefined && free < needs.memory) {
    throw new Refusal('8.1/4.8', `eUICC has ${free} octets free, ${needs.memory} are needed`);
  }
}

function forbiddenRules(
  { profilePolicyRules: rules }: Requirements,
  { forbiddenProfilePolicyRules: forbidden }: EuiccInfo2,
): string | undefined {
  if (!rules || !forbidden) return undefined;
  const clash = setBits(rules).filter((bit) => hasBit(forbidden, bit));
  const names = clash.map((bit) => (bit === 0 ? 'pprUpdateControl' : `PPR${bit}`));
  return names.length > 0 ? `it forbids ${names.join(', ')}` : undefined;
}

function missingCapability(
  { rspCapability = [], uiccCapability = [] }: Requirements,
  euicc: EuiccInfo2,
): string | undefined {
  const missing = [
    ...rspCapability.filter((name) => !hasBit(euicc.rspCapability, RspCapability[name])),
    ...uiccCapability.filter((name) => !hasBit(euicc.uiccCapability, UiccCapability[name])),
  ];
  return missing.length > 0 ? `it lacks ${missing.join(', ')}` : undefined;
}

function missingRelease({ deviceCapabilities = {} }: Requirements, device: DeviceInfo): string | undefined {
  const wanted = Object.entries(deviceCapabilities) as [keyof DeviceInfo['deviceCapabilities'], string][];
  const [first] = wanted.filter(([name, least]) => isBelow(device.deviceCapabilities[name] ?? none, least));
  return first && `the device has no ${first[0]} of ${first[1]} or above`;
}

const none = Buffer.alloc(3);

/** Whether a VersionType is below `least`. */
function isBelow(version: Buffer, least: string | undefined): boolean {
  if (least === undefined) return false;
  for (const [index, part] of least.split('.').map(Number).entries()) {
    if (version[index] !== part) return (version[index] ?? 0) < part;
  }
  return false;
}
