import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import { deployServerUrl, pollApple } from './apple-deployment.js';
import {
  checkContent,
  isSameContent,
  isSameProvider,
  type ActivationCodesContent,
  type PolicyCode,
  type PolicyContent,
} from './content.js';
import { DmSession, nodeCommand, nodeUri, type WatchDocuments } from './dm-session.js';
import type { ManagedEndpoint } from './endpoint.js';
import { PolicyRefused } from './errors.js';
import { Directory, type Assignment } from './groups.js';
import { keepDocument, newRecord, type Deployment, type DeviceRecord, type Policy } from './records.js';
import { statusOf, type PolicyStatus } from './status.js';
import {
  deployCode,
  deployServer,
  hasEuicc,
  poll,
  profilesOn,
  isLeaving,
  withdrawCode,
  withdrawServer,
  withoutEuicc,
} from './windows-deployment.js';

/** Options of {@link PolicyOffice}. */
export interface PolicyOfficeOptions {
  readonly clock: Clock;
  /** Decides which device gets which activation code. */
  readonly random: Random;
  /** Finds a device by its name; `undefined` if there is none. */
  readonly device: (name: string) => ManagedEndpoint | undefined;
}

/**
 * A small management system with groups, policies and enrolled devices. A device learns its policies when it checks in.
 *
 * It behaves as Microsoft's articles on eSIM describe, for activation codes and for a download server.
 */
export class PolicyOffice {
  readonly directory = new Directory();
  readonly #options: PolicyOfficeOptions;
  readonly #policies = new Map<string, Policy>();
  readonly #records = new Map<string, DeviceRecord>();
  /** ICCIDs that were handed out, each with its device. A code is never handed out again, even if the policy or the device is removed. */
  readonly #handedOut = new Map<string, string>();
  #lastSession = 0;

  constructor(options: PolicyOfficeOptions) {
    this.#options = options;
  }

  /** @throws PolicyRefused (unknown) */
  policy(name: string): Policy {
    const policy = this.#policies.get(name);
    if (policy) return policy;
    throw new PolicyRefused(
      'unknown',
      'policy',
      `there is no policy '${name}'`,
      'PUT /policies/{policy} makes one',
    );
  }

  policies(): readonly Policy[] {
    return [...this.#policies.values()];
  }

  /**
   * Makes a policy, or changes its content and assignment. Each device learns of it at its next check-in.
   *
   * @returns warnings about codes that have been handed out already
   * @throws PolicyRefused (invalid); (conflict) "The request is invalid" for a second list of codes of one provider
   */
  put(name: string, content: PolicyContent, assignment: Assignment): readonly string[] {
    checkContent(content);
    this.directory.check(assignment, content.kind !== 'activationCodes');
    const before = this.#policies.get(name);
    const isSame = before !== undefined && isSameContent(before.content, content);
    if (content.kind === 'activationCodes' && !isSame) this.#requireOneList(name, content);
    const version = before === undefined ? 1 : isSame ? before.version : before.version + 1;
    this.#policies.set(name, { name, content, assignment, version, changedAt: this.#now() });
    return content.kind === 'activationCodes' && !isSame ? this.#remarksOnCodes(content) : [];
  }

  /**
   * Changes the groups of a policy.
   *
   * @param redeploy sends the policy again to devices that have it: to all, or to those where it failed
   * @throws PolicyRefused
   */
  assign(name: string, assignment: Assignment, redeploy?: 'all' | 'failed'): void {
    const policy = this.policy(name);
    this.directory.check(assignment, policy.content.kind !== 'activationCodes');
    const version = policy.version + (redeploy === 'all' ? 1 : 0);
    this.#policies.set(name, { ...policy, assignment, version, changedAt: this.#now() });
    if (redeploy !== 'failed') return;
    for (const { deployments } of this.#records.values()) {
      const deployment = deployments.get(name);
      if (deployment?.activation === 'Activation fail') deployments.set(name, { ...deployment, version: 0 });
    }
  }

  /** Removes a policy. Profiles stay on the devices. @throws PolicyRefused (unknown) */
  remove(name: string): void {
    this.policy(name);
    this.#policies.delete(name);
  }

  /** Removes everything. */
  clear(): void {
    for (const [name] of this.directory.list()) this.directory.remove(name);
    this.#policies.clear();
    this.#records.clear();
    this.#handedOut.clear();
  }

  /** The record of a device. Enrols the device if it has none. */
  record(name: string): DeviceRecord {
    const record = this.#records.get(name) ?? newRecord(name);
    this.#records.set(name, record);
    return record;
  }

  records(): readonly DeviceRecord[] {
    return [...this.#records.values()];
  }

  /** Forgets a device. A wiped device can be enrolled again only after this. */
  removeRecord(name: string): void {
    this.#records.delete(name);
  }

  /**
   * Enrols a device (again).
   *
   * @throws PolicyRefused (conflict) if the record of the device before its wipe is still there
   */
  enrol(name: string, user?: string): DeviceRecord {
    const record = this.record(name);
    if (record.enrolment === 'wiped')
      throw new PolicyRefused(
        ...(['conflict', 'device', `'${name}' was wiped, and its old record is still there`] as const),
        'delete the record, then enrol the device',
      );
    if (record.enrolment !== 'enrolled') record.deployments.clear();
    record.enrolment = 'enrolled';
    if (user !== undefined) record.user = user;
    return record;
  }

  /**
   * A device contacts the management system. It loses policies that no longer apply, learns new ones, and reports.
   *
   * @throws PolicyRefused (conflict) if the device is not enrolled, (unknown) if there is no such device
   */
  checkIn(name: string): DeviceRecord {
    const endpoint = this.#endpoint(name);
    const record = this.#enrolled(name);
    record.lastCheckIn = this.#now();
    if (endpoint.windows)
      this.#checkInPc(record, new DmSession(endpoint.windows, this.#watch(record), this.#sessionId()));
    else if (endpoint.apple) this.#checkInApple(record, endpoint.apple);
    else for (const policy of this.#policiesFor(record)) record.deployments.set(policy.name, notFor(policy));
    return record;
  }

  /** Makes a PC reset its eUICC. The policies stay. @throws PolicyRefused */
  resetEuicc(name: string): DeviceRecord {
    const { windows } = this.#endpoint(name);
    const record = this.#enrolled(name);
    if (!windows)
      throw new PolicyRefused(
        'invalid',
        'device',
        `'${name}' is not a Windows PC; only those reset their eUICC`,
      );
    const session = new DmSession(windows, this.#watch(record), this.#sessionId());
    const { problem } = session.send(nodeCommand('Exec', nodeUri('Actions', 'ResetToFactoryState')));
    if (problem !== undefined) throw new PolicyRefused('conflict', 'device', problem);
    for (const deployment of record.deployments.values())
      if (deployment.state === 'installed') deployment.state = 'deleting';
    return record;
  }

  /**
   * Ends the management of a device: `retire` (by the administrator), `unenrol` (by the user) or `wipe`. The device deletes
   * the profiles of activation codes. Profiles of download servers stay, because a management system cannot remove them.
   *
   * @throws PolicyRefused
   */
  end(name: string, how: 'retire' | 'unenrol' | 'wipe'): DeviceRecord {
    const { windows } = this.#endpoint(name);
    const record = this.#enrolled(name);
    windows?.endManagement();
    record.enrolment = how === 'retire' ? 'retired' : how === 'wipe' ? 'wiped' : 'unenrolled';
    for (const deployment of record.deployments.values())
      if (deployment.content.kind === 'activationCodes') deployment.state = 'deleted';
    return record;
  }

  /** The status of a policy, as the admin centre shows it. @throws PolicyRefused (unknown) */
  status(name: string): PolicyStatus {
    const policy = this.policy(name);
    const listed = this.directory.list().flatMap(([, { devices }]) => devices);
    const names = new Set([...listed, ...this.#records.keys()]);
    const records = [...names].map((each) => this.#records.get(each) ?? newRecord(each));
    return statusOf(
      policy,
      records.filter((record) => this.#isFor(policy, record) || record.deployments.has(name)),
    );
  }

  #isFor({ assignment }: Policy, { name, user }: DeviceRecord): boolean {
    return this.directory.means(assignment, name, user);
  }

  #policiesFor(record: DeviceRecord): readonly Policy[] {
    return this.policies().filter((policy) => this.#isFor(policy, record));
  }

  #checkInPc(record: DeviceRecord, session: DmSession): void {
    const wanted = this.#policiesFor(record);
    this.#withdraw(record, session, wanted);
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
        record.deployments.set(name, this.#deployCode(record, session, content, version));
      }
    }
  }

  #checkInApple(record: DeviceRecord, device: NonNullable<ManagedEndpoint['apple']>): void {
    const watch = this.#watch(record);
    const wanted = this.#policiesFor(record);
    for (const name of record.deployments.keys())
      if (!wanted.some((policy) => policy.name === name)) record.deployments.delete(name);
    for (const policy of wanted) {
      const { name, content, version } = policy;
      const before = record.deployments.get(name);
      if (content.kind !== 'serverUrl') record.deployments.set(name, notFor(policy));
      else if (before?.version === version) pollApple(device, watch, before);
      else record.deployments.set(name, deployServerUrl(device, watch, content, version));
    }
  }

  /**
   * Withdraws policies that no longer apply to the device. If the device has left the group, the profile of an activation
   * code is deleted. If the policy was removed, the profile stays.
   */
  #withdraw(record: DeviceRecord, session: DmSession, wanted: readonly Policy[]): void {
    for (const [name, { content, iccid, assignment, state }] of [...record.deployments]) {
      if (wanted.some((policy) => policy.name === name)) continue;
      const isRemoved = !this.#policies.has(name);
      if (content.kind === 'downloadServer' && assignment === 'Succeeded') withdrawServer(session, content);
      const isThere = iccid !== undefined && !isRemoved && state !== 'deleted' && state !== 'failed';
      if (content.kind === 'activationCodes' && isThere) withdrawCode(session, iccid);
      record.deployments.delete(name);
    }
  }

  /** A device that has a profile of the list keeps it. Any other device gets a random unused code. */
  #deployCode(
    record: DeviceRecord,
    session: DmSession,
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
    const code = this.#draw(content.codes);
    if (!code)
      return {
        ...{ content, version, assignment: 'Error', activation: 'Activation fail', state: 'failed' },
        error: 'no activation code is left in the list',
      };
    this.#handedOut.set(code.iccid, record.name);
    return deployCode(session, content, version, code);
  }

  #draw(codes: readonly PolicyCode[]): PolicyCode | undefined {
    const free = codes.filter(({ iccid }) => !this.#handedOut.has(iccid));
    const number = this.#options.random.bytes(6).readUIntBE(0, 6);
    return free[number % Math.max(free.length, 1)];
  }

  /** @throws PolicyRefused (conflict) */
  #requireOneList(name: string, content: ActivationCodesContent): void {
    const other = this.policies().find(
      (policy) => policy.content.kind === 'activationCodes' && isSameProvider(policy.content, content),
    );
    if (!other) return;
    throw new PolicyRefused(
      ...(['conflict', 'activationCodes'] as const),
      `The request is invalid: policy '${other.name}' has a list of this provider already`,
      other.name === name
        ? 'remove the policy, then make it again with all codes, old and new'
        : `remove '${other.name}', then make one policy with all codes, old and new`,
    );
  }

  #remarksOnCodes({ codes }: ActivationCodesContent): readonly string[] {
    const old = codes.filter(({ iccid }) => this.#handedOut.has(iccid));
    if (old.length === 0) return [];
    return [
      `codes that were handed out before: ${old.length}; they stay with their devices, and no other device gets them`,
    ];
  }

  #endpoint(name: string): ManagedEndpoint {
    const endpoint = this.#options.device(name);
    if (endpoint) return endpoint;
    throw new PolicyRefused('unknown', 'device', `there is no device '${name}'`, 'POST /devices makes one');
  }

  #enrolled(name: string): DeviceRecord {
    const record = this.record(name);
    if (record.enrolment === 'enrolled') return record;
    throw new PolicyRefused('conflict', 'device', `'${name}' is ${record.enrolment}`, 'enrol it first');
  }

  #watch(record: DeviceRecord): WatchDocuments {
    return (from, text) => keepDocument(record, { at: this.#now(), from, text });
  }

  #sessionId(): string {
    this.#lastSession += 1;
    return String(this.#lastSession);
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

/** The result of a policy that is for another platform. */
const notFor = ({ content, version }: Policy): Deployment => ({
  ...{
    content,
    version,
    assignment: 'Not applicable',
    activation: 'Device not synced',
    state: 'notEvaluated',
  },
});
