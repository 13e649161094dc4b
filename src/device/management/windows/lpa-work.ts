import type { InstalledProfile, OfferedProfile } from '../../lpa/index.js';
import type { CancelReason } from '../../euicc/index.js';
import type { ManagedDevice } from '../managed-device.js';
import { ErrorDetail, errorDetailOf } from './error-detail.js';
import { JobQueue } from './job-queue.js';
import { shortestEndlessPause, triesWithoutPause, type WindowsSettings } from './settings.js';
import {
  DiscoveryState,
  newProfile,
  ProfileState,
  type DownloadServer,
  type EnterpriseProfile,
  type PcState,
} from './state.js';

/** HRESULTs of actions. */
export const HResult = { done: 0, running: 1, failed: -2_147_467_259 } as const;

/** Reports the end of a job: 2 (installed) or 4 (error). */
export type ReportEnd = (node: readonly string[], data: 2 | 4) => void;

/** Maximum number of downloads in one discovery. No eUICC has space for more profiles. */
const mostRounds = 100;

/** The outcome of a download that installed no profile. */
interface Failure {
  readonly errorDetail: ErrorDetail;
  readonly error: string;
}

/**
 * The jobs of the PC's LPA for the management server. The jobs run one after the other, after the PC has answered the
 * server.
 */
export class LpaWork {
  readonly #jobs = new JobQueue();

  constructor(
    private readonly device: ManagedDevice,
    private readonly state: PcState,
    private readonly settings: () => WindowsSettings,
    private readonly takeFailure: () => ErrorDetail,
    private readonly report: ReportEnd,
  ) {}

  /** Resolves when no job runs or waits for its next attempt. */
  idle(): Promise<void> {
    return this.#jobs.idle();
  }

  /** Drops the waiting jobs. A running job ends by itself. */
  stop(): void {
    this.#jobs.stop();
  }

  /** Asks a download server for a profile. */
  discover(server: DownloadServer): void {
    server.discoveryState = DiscoveryState.requested;
    server.attempts = 0;
    this.#jobs.add(() => this.#discovery(server));
  }

  /** Downloads the profile of an activation code, as soon as its node has a server and a MatchingID. */
  install(profile: EnterpriseProfile): void {
    if (profile.isOrdered || profile.serverName === undefined || profile.matchingId === undefined) return;
    profile.isOrdered = true;
    profile.attempts = 0;
    this.#jobs.add(() => this.#installation(profile));
  }

  /** Deletes a profile and its node. */
  remove(profile: EnterpriseProfile): void {
    this.#jobs.add(async () => {
      const iccid = profile.installedIccid ?? profile.iccid;
      this.device.disable(iccid);
      const result = this.device.delete(iccid);
      if (result === 'ok' || result === 'iccidOrAidNotFound') {
        if (this.state.profiles.get(profile.iccid) === profile) this.state.profiles.delete(profile.iccid);
      } else {
        profile.state = ProfileState.error;
        profile.errorDetail = ErrorDetail.ForbiddenByPolicy;
        profile.error = `the eUICC refuses to delete the profile: ${result}`;
      }
      await this.device.sendNotifications();
    });
  }

  /** Deletes all profiles (ES10c.eUICCMemoryReset). The download servers stay. */
  reset(): void {
    this.#jobs.add(async () => {
      try {
        this.device.reset();
        this.state.profiles.clear();
        await this.device.sendNotifications();
        this.state.actionStatus = HResult.done;
      } catch (error) {
        this.state.actionStatus = HResult.failed;
        throw error;
      }
      if (this.settings().discoversAfterReset)
        for (const server of this.state.servers.values()) this.discover(server);
    });
  }

  /** Delivers the notifications about enabled, disabled and deleted profiles. */
  notify(): void {
    this.#jobs.add(async () => void (await this.device.sendNotifications()));
  }

  async #discovery(server: DownloadServer): Promise<void> {
    if (this.state.servers.get(server.name) !== server) return;
    server.discoveryState = DiscoveryState.executing;
    server.attempts += 1;
    const outcome = await this.#discovered(server);
    if (!('errorDetail' in outcome)) return this.#succeeded(server, outcome);
    Object.assign(server, outcome);
    if (this.#triesAgain(outcome, server.attempts, server.maximumAttempts)) {
      server.discoveryState = DiscoveryState.requested;
      return this.#later(() => this.#discovery(server), server.maximumAttempts);
    }
    server.discoveryState = DiscoveryState.failed;
    this.report(['DownloadServers', server.name], 4);
  }

  async #succeeded(server: DownloadServer, installed: readonly InstalledProfile[]): Promise<void> {
    const { iccid } = installed.at(-1)!;
    if (server.autoEnable) this.device.enable(iccid);
    Object.assign(server, { iccid, errorDetail: ErrorDetail.None, error: undefined });
    if (this.settings().listsDiscovered)
      for (const each of installed)
        this.state.profiles.set(each.iccid, {
          ...newProfile(each.iccid),
          ...{ state: ProfileState.installed, isOrdered: true, serverName: server.name },
          ...{ installedIccid: each.iccid, discoveredFrom: server.name },
        });
    await this.device.sendNotifications();
    server.discoveryState = DiscoveryState.completed;
    this.report(['DownloadServers', server.name], 2);
  }

  async #installation(profile: EnterpriseProfile): Promise<void> {
    if (this.state.profiles.get(profile.iccid) !== profile || profile.state === ProfileState.deleting) return;
    const { iccid, serverName = '', matchingId = '' } = profile;
    profile.state = ProfileState.installing;
    profile.attempts += 1;
    const outcome = await this.#downloaded(serverName, matchingId, iccid);
    if ('errorDetail' in outcome) {
      Object.assign(profile, outcome);
      profile.state = ProfileState.error;
      const isStaged = outcome.errorDetail === ErrorDetail.RemoteServerUnreachable;
      if (isStaged && this.#triesAgain(outcome, profile.attempts))
        return this.#later(() => this.#installation(profile));
      profile.isOrdered = false;
      return this.report(['Profiles', iccid], 4);
    }
    if (profile.enablesItself) this.device.enable(outcome.iccid);
    Object.assign(profile, {
      ...{ state: ProfileState.installed, installedIccid: outcome.iccid },
      ...{ errorDetail: ErrorDetail.None, error: undefined },
    });
    await this.device.sendNotifications();
    return this.report(['Profiles', iccid], 2);
  }

  #triesAgain({ errorDetail }: Failure, attempts: number, ownLimit?: number): boolean {
    const { retryAfter, maximumAttempts: limit } = withLimit(this.settings(), ownLimit);
    return retryAfter.includes(errorDetail) && (limit === 0 || attempts < limit);
  }

  /** Tries again later. The node `MaximumAttempts` may say that there is no limit, so the pause is not only checked in the settings. */
  #later(job: () => Promise<void>, ownLimit?: number): void {
    const settings = withLimit(this.settings(), ownLimit);
    const seconds = triesWithoutPause(settings) ? shortestEndlessPause : settings.retrySeconds;
    this.#jobs.addLater(job, seconds * 1000);
  }

  async #discovered(server: DownloadServer): Promise<readonly InstalledProfile[] | Failure> {
    if (server.isDiscoveryServer) return this.#fromSmds(server.name);
    const first = await this.#downloaded(server.name, '');
    if ('errorDetail' in first) return first;
    const installed = [first];
    while (this.settings().profilesPerDiscovery === 'all' && installed.length < mostRounds) {
      const next = await this.#downloaded(server.name, '');
      if ('errorDetail' in next) break;
      installed.push(next);
    }
    return installed;
  }

  async #fromSmds(address: string): Promise<readonly InstalledProfile[] | Failure> {
    const injected = this.takeFailure();
    if (injected !== ErrorDetail.None) return onPurpose(injected);
    const { consent, refusal } = this.#consent();
    try {
      const results = await this.device.discover({ smdpAddress: null, smdsAddresses: [address], consent });
      const installed = results.flatMap(({ result }) => (result?.outcome === 'installed' ? [result] : []));
      const error = results.find((each) => each.error)?.error;
      if (installed.length > 0) return installed;
      if (error) return failureOf(error);
      return refusal() ?? { errorDetail: ErrorDetail.None, error: 'the server has no event for this eUICC' };
    } catch (error) {
      return failureOf(error);
    }
  }

  async #downloaded(
    smdpAddress: string,
    matchingId: string,
    expectedIccid?: string,
  ): Promise<InstalledProfile | Failure> {
    const injected = this.takeFailure();
    if (injected !== ErrorDetail.None) return onPurpose(injected);
    const { consent, refusal } = this.#consent(expectedIccid);
    try {
      const result = await this.device.download({ smdpAddress, matchingId, consent });
      if (result.outcome === 'installed') return result;
      return (
        refusal() ?? {
          errorDetail: ErrorDetail.CardGeneralFailure,
          error: `the download was ${result.outcome}`,
        }
      );
    } catch (error) {
      return failureOf(error);
    }
  }

  /**
   * The options that answer in place of the user. The PC does not ask its user: the management server has consented,
   * but cannot give a confirmation code.
   */
  #consent(expectedIccid?: string): {
    consent: (profile: OfferedProfile) => 'agree' | CancelReason;
    refusal: () => Failure | undefined;
  } {
    const { confirmationCode, otherIccid } = this.settings();
    let refusal: Failure | undefined;
    const consent = ({ iccid, confirmationCodeRequired }: OfferedProfile): 'agree' | CancelReason => {
      if (confirmationCodeRequired && confirmationCode === 'cancel')
        refusal = {
          errorDetail: ErrorDetail.ConfirmationCodeMissing,
          error: 'the server requires a confirmation code, which MDM cannot give',
        };
      else if (expectedIccid !== undefined && iccid !== expectedIccid && otherIccid === 'refuse')
        refusal = {
          errorDetail: ErrorDetail.InvalidMatchingId,
          error: `the server offers ICCID ${iccid}, but the node is for ICCID ${expectedIccid}`,
        };
      return refusal ? 'postponed' : 'agree';
    };
    return { consent, refusal: () => refusal };
  }
}

const failureOf = (error: unknown): Failure => ({
  errorDetail: errorDetailOf(error),
  error: error instanceof Error ? error.message : String(error),
});

const onPurpose = (errorDetail: ErrorDetail): Failure => ({
  errorDetail,
  error: 'failed because of the setting failNextWith',
});

/** The settings, with the limit that the node `MaximumAttempts` has set, if any. */
const withLimit = (settings: WindowsSettings, limit: number | undefined): WindowsSettings =>
  limit === undefined ? settings : { ...settings, maximumAttempts: limit };
