import { hasBit, readAll, setBits, type BitString } from '../asn1/index.js';
import { type DeviceInfo, type EuiccInfo2, RspCapability, Refusal } from '../rsp/index.js';

/** What an eUICC has to offer so that a profile can be installed on it. */
export interface Requirements {
  /** PprIds that the profile's metadata set. */
  readonly profilePolicyRules?: BitString | undefined;
  /** Free non-volatile memory in octets. */
  readonly memory?: number | undefined;
  /** Bits of `rspCapability` and `uiccCapability` that have to be set. */
  readonly rspCapability?: readonly (keyof typeof RspCapability)[] | undefined;
  readonly uiccCapability?: readonly number[] | undefined;
  /** Least SGP.22 version of the eUICC, for instance [2, 2, 0]. */
  readonly svn?: readonly number[] | undefined;
}

/**
 * Device and eUICC eligibility (SGP.22 3.1.3, annex F).
 *
 * @throws Refusal 8.2.5/4.3 not eligible, 8.1/4.8 not enough memory
 */
export function checkEligibility(needs: Requirements, euicc: EuiccInfo2, _device: DeviceInfo): void {
  const ineligible = (reason: string): never => {
    throw new Refusal('8.2.5/4.3', `eUICC is not eligible: ${reason}`);
  };
  if (needs.profilePolicyRules && euicc.forbiddenProfilePolicyRules) {
    const forbidden = euicc.forbiddenProfilePolicyRules;
    const clash = setBits(needs.profilePolicyRules).filter((bit) => hasBit(forbidden, bit));
    if (clash.length > 0)
      ineligible(
        `it forbids ${clash.map((bit) => (bit === 0 ? 'pprUpdateControl' : `PPR${bit}`)).join(', ')}`,
      );
  }
  for (const name of needs.rspCapability ?? []) {
    if (!hasBit(euicc.rspCapability, RspCapability[name])) ineligible(`it lacks ${name}`);
  }
  for (const bit of needs.uiccCapability ?? []) {
    if (!hasBit(euicc.uiccCapability, bit)) ineligible(`it lacks bit ${bit} of uiccCapability`);
  }
  if (needs.svn && compareVersions(euicc.svn, needs.svn) < 0)
    ineligible(`its SVN is below ${needs.svn.join('.')}`);
  const free = freeMemory(euicc.extCardResource);
  if (needs.memory !== undefined && free !== undefined && free < needs.memory) {
    throw new Refusal('8.1/4.8', `eUICC has ${free} octets free, ${needs.memory} are needed`);
  }
}

function compareVersions(left: Buffer, right: readonly number[]): number {
  for (const [index, part] of right.entries()) {
    if (left[index] !== part) return (left[index] ?? 0) - part;
  }
  return 0;
}

/**
 * Free non-volatile memory in `extCardResource` (ETSI TS 102 226 8.2.1.7.2, tag 82); `undefined` where the eUICC gives no
 * figure that can be read.
 */
function freeMemory(extCardResource: Buffer): number | undefined {
  try {
    for (const { tag, valueStart, end } of readAll(extCardResource, 0, extCardResource.length, 'definite')) {
      if (tag === 0x82 && end - valueStart >= 1 && end - valueStart <= 6)
        return extCardResource.readUIntBE(valueStart, end - valueStart);
    }
  } catch {
    return undefined;
  }
  return undefined;
}
