import type { Clock } from '../../../base/clock.js';
import type { Random } from '../../../base/random.js';
import { deployServerUrl, pollApple } from './apple-deployment.js';
import { checkInPc } from './check-in-pc.js';
import { CodeLists, requireOneList } from './code-lists.js';
import { checkContent, isSameContent, type PolicyContent } from './content.js';
import { DmSession, nodeCommand, nodeUri, type WatchDocuments } from './dm-session.js';
import type { ManagedEndpoint } from './endpoint.js';
import { PolicyRefused } from './errors.js';
import { Directory, type Assignment } from './groups.js';
import { keepDocument, newRecord, notFor, type DeviceRecord, type Policy } from './records.js';
import { statusOf, type PolicyStatus } from './status.js';

/** Options of {@link ManagementSystem}. */
export interface ManagementSystemOptions {
  readonly clock: Clock;
  /** Decides which device gets which activation code. */
  readonly random: Random;
  /** Finds a device by its name. `undefined` if no device has the name. */
  readonly device: (name: string) => ManagedEndpoint | undefined;
}

/**
 * A small management system with groups, policies and enrolled devices. A device learns its policies when it checks in.
 *
 * For activation codes and download servers, it behaves as Microsoft's articles on eSIM describe.
 */
export class ManagementSystem {
  readonly directory = new Directory();
  readonly #options: ManagementSystemOptions;
  readonly #policies = new Map<string, Policy>();
  readonly #records = new Map<string, DeviceRecord>();
  readonly #codes: CodeLists;
  #lastSession = 0;

  constructor(options: ManagementSystemOptions) {
    this.#options = options;
    this.#codes = new CodeLists(options.random);
  }

  /** @throws PolicyRefused (unknown) */
  policy(name: string): Policy {
    const policy = this.#policies.get(name);
    if (policy) return policy;
    throw new PolicyRefused(
      'unknown',
      'policy',
      `there is no policy '${name}'`,
      'make it with PUT /policies/{policy}',
    );
  }

  policies(): readonly Policy[] {
    return [...this.#policies.values()];
  }

  /**
   * Makes a policy, or changes its content and assignment. Each device learns of the change at its next check-in.
   *
   * @returns warnings about codes that have been handed out already
   * @throws PolicyRefused (invalid); PolicyRefused (conflict) for a second list of codes of the same provider
   */
  put(name: string, content: PolicyContent, assignment: Assignment): readonly string[] {
    checkContent(content);
    this.directory.check(assignment, content.kind !== 'activationCodes');
    const before = this.#policies.get(name);
    const isSame = before !== undefined && isSameContent(before.content, content);
    if (content.kind === 'activationCodes' && !isSame) requireOneList(this.policies(), name, content);
    const version = before === undefined ? 1 : isSame ? before.version : before.version + 1;
    this.#policies.set(name, { name, content, assignment, version, changedAt: this.#now() });
    return content.kind === 'activationCodes' && !isSame ? this.#codes.remarksOn(content) : [];
  }

  /**
   * Changes the groups of a policy.
   *
   * @param redeploy sends the policy again: to `all` devices that have it, or only to devices where it `failed`
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

  /** Changes groups and policies together. If the change throws, all groups and policies are as before. */
  together<T>(change: () => T): T {
    const groups = this.directory.list();
    const policies = [...this.#policies];
    try {
      return change();
    } catch (error) {
      this.directory.replace(groups);
      this.#policies.clear();
      policies.forEach(([name, policy]) => this.#policies.set(name, policy));
      throw error;
    }
  }

  /** Removes everything. */
  clear(): void {
    for (const [name] of this.directory.list()) this.directory.remove(name);
    this.#policies.clear();
    this.#records.clear();
    this.#codes.clear();
  }

  /** The record of a device. Enrols the device if it has no record. */
  record(name: string): DeviceRecord {
    const record = this.#records.get(name) ?? newRecord(name);
    this.#records.set(name, record);
    return record;
  }

  records(): readonly DeviceRecord[] {
    return [...this.#records.values()];
  }

  /** Forgets a device. A wiped device must be forgotten before it can be enrolled again. */
  removeRecord(name: string): void {
    this.#records.delete(name);
  }

  /**
   * Enrols a device, for the first time or again.
   *
   * @throws PolicyRefused (conflict) if the device was wiped and its old record still exists
   */
  enrol(name: string, user?: string): DeviceRecord {
    const record = this.record(name);
    if (record.enrolment === 'wiped')
      throw new PolicyRefused(
        ...(['conflict', 'device', `'${name}' was wiped, and its old record still exists`] as const),
        'delete the record, then enrol the device',
      );
    if (record.enrolment !== 'enrolled') record.deployments.clear();
    record.enrolment = 'enrolled';
    if (user !== undefined) record.user = user;
    return record;
  }

  /**
   * A device contacts the management system. The management system withdraws policies that no longer apply, and sends
   * new policies. It asks the device for the state of all other policies.
   *
   * @throws PolicyRefused (conflict) if the device is not enrolled, (unknown) if there is no such device
   */
  checkIn(name: string): DeviceRecord {
    const endpoint = this.#endpoint(name);
    const record = this.#enrolled(name);
    record.lastCheckIn = this.#now();
    if (endpoint.windows)
      checkInPc({
        record,
        session: new DmSession(endpoint.windows, this.#watch(record), this.#sessionId()),
        wanted: this.#policiesFor(record),
        exists: (policy) => this.#policies.has(policy),
        codes: this.#codes,
      });
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
        `'${name}' is not a Windows PC; only a Windows PC can reset its eUICC`,
      );
    const session = new DmSession(windows, this.#watch(record), this.#sessionId());
    const { problem } = session.send(nodeCommand('Exec', nodeUri('Actions', 'ResetToFactoryState')));
    if (problem !== undefined) throw new PolicyRefused('conflict', 'device', problem);
    for (const deployment of record.deployments.values())
      if (deployment.state === 'installed') deployment.state = 'deleting';
    return record;
  }

  /**
   * Ends the management of a device: `retire` (by the administrator), `unenrol` (by the user) or `wipe`. The device
   * deletes the profiles that came from activation codes. Profiles of download servers stay, because a management
   * system cannot remove them.
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
