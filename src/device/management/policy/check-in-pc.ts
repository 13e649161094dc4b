import type { CodeLists } from './code-lists.js';
import type { ActivationCodesContent } from './content.js';
import type { DmSession } from './dm-session.js';
import { notFor, type Deployment, type DeviceRecord, type Policy } from './records.js';
import {
  deployCode,
  deployServer,
  hasEuicc,
  isLeaving,
  poll,
  profilesOn,
  withdrawCode,
  withdrawServer,
  withoutEuicc,
} from './windows-deployment.js';

/** The input for one check-in of a PC. */
interface PcVisit {
  readonly record: DeviceRecord;
  readonly session: DmSession;
  /** The policies that apply to the PC. */
  readonly wanted: readonly Policy[];
  /** Whether the management system has a policy with this name. The policy need not apply to the PC. */
  readonly exists: (policy: string) => boolean;
  readonly codes: CodeLists;
}

/**
 * Brings the policies on the PC up to date. Withdraws old policies, sends new and changed policies, and asks for the
 * state of the others.
 */
export function checkInPc(visit: PcVisit): void {
  const { record, session, wanted } = visit;
  withdrawOthers(visit);
  const isCapable = hasEuicc(session);
  for (const policy of wanted) {
    const { name, content, version } = policy;
    const before = record.deployments.get(name);
    if (content.kind === 'serverUrl') record.deployments.set(name, notFor(policy));
    else if (!isCapable) record.deployments.set(name, withoutEuicc(policy));
    else if (before?.version === version) poll(session, before);
    else if (content.kind === 'downloadServer') {
      if (
        before?.content.kind === 'downloadServer' &&
        before.content.serverNames[0] !== content.serverNames[0]
      )
        withdrawServer(session, before.content);
      record.deployments.set(name, deployServer(session, content, version));
    } else {
      if (before?.state === 'error' && before.iccid !== undefined) withdrawCode(session, before.iccid);
      record.deployments.set(name, deployFrom(visit, content, version));
    }
  }
}

/**
 * Withdraws policies that no longer apply to the device. A device that has left the group loses the profile of its
 * activation code. If the policy was removed, the profile stays.
 */
function withdrawOthers({ record, session, wanted, exists }: PcVisit): void {
  for (const [name, { content, iccid, assignment, state }] of [...record.deployments]) {
    if (wanted.some((policy) => policy.name === name)) continue;
    const isRemoved = !exists(name);
    if (content.kind === 'downloadServer' && assignment === 'Succeeded') withdrawServer(session, content);
    const isThere = iccid !== undefined && !isRemoved && state !== 'deleted' && state !== 'failed';
    if (content.kind === 'activationCodes' && isThere) withdrawCode(session, iccid);
    record.deployments.delete(name);
  }
}

/** A PC that already has a profile from the list keeps this profile. Any other PC gets a random unused code. */
function deployFrom(
  { session, codes }: PcVisit,
  content: ActivationCodesContent,
  version: number,
): Deployment {
  const there = new Set(profilesOn(session));
  const own = content.codes.find(({ iccid }) => there.has(iccid) && !isLeaving(session, iccid));
  if (own) {
    const deployment: Deployment = {
      ...{ content, version, iccid: own.iccid },
      ...{ assignment: 'Succeeded', activation: 'Activation pending', state: 'installing' },
    };
    poll(session, deployment);
    return deployment;
  }
  const code = codes.draw(content.codes);
  if (!code)
    return {
      ...{ content, version, assignment: 'Error', activation: 'Activation fail', state: 'failed' },
      error: 'no activation code is left in the list',
    };
  return deployCode(session, content, version, code);
}
