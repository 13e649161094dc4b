import type { BitString } from '../../wire/asn1/index.js';
import { systemClock, type Clock } from '../../base/clock.js';
import { systemRandom, type Random } from '../../base/random.js';
import {
  authenticateResponseError,
  authenticateServer,
  type AuthenticateServerRequest,
} from './authenticate-server.js';
import { strictBehaviour, type CardBehaviour } from './behaviour.js';
import { endSession, type Card, type EuiccMaterial, type Installation } from './card.js';
import { cancelSession, type CancelReason } from './cancel-session.js';
import { finish, type EuiccEdits } from './edits.js';
import { euiccInfo1, euiccInfo2 } from './euicc-info.js';
import { AuthenticationFault, DownloadFault } from './faults.js';
import { loadBoundProfilePackage, loadUnit } from './load-bound-profile-package.js';
import { resetMemory, type MemoryResetOptions, type MemoryResetResult } from './memory-reset.js';
import { keptMetadata, reports } from './notifications.js';
import { downloadResponseError, prepareDownload, type PrepareDownloadRequest } from './prepare-download.js';
import { defaultProfileTags, encodedProfileInfo, profileInfo, type ProfileInfo } from './profile-info.js';
import {
  deleteProfile,
  disableProfile,
  enableProfile,
  setNickname,
  type NicknameResult,
  type ProfileResult,
} from './profile-management.js';
import { rulesAuthorisationTable } from './rules-authorisation-table.js';
import {
  factoryState,
  memoryOf,
  type ConfiguredAddresses,
  type NonVolatileMemory,
  type StoredNotification,
} from './state.js';
import { defaultTraits, type EuiccTraits } from './traits.js';

/** Options of {@link VirtualEuicc}. Only `material` is mandatory. */
export interface VirtualEuiccOptions {
  readonly material: EuiccMaterial;
  /** The memory in which the eUICC keeps its state. Default: a memory in the process. See `openStateFile` and `memoryOf`. */
  readonly memory?: NonVolatileMemory | undefined;
  /** Properties that differ from `defaultTraits`. */
  readonly traits?: Partial<EuiccTraits> | undefined;
  /** What the eUICC tolerates, and how it fails on purpose. Default: `strictBehaviour`. */
  readonly behaviour?: Partial<CardBehaviour> | undefined;
  /** Changes what the eUICC sends or signs, to imitate a faulty or hostile eUICC. Default: none. */
  readonly edits?: EuiccEdits | undefined;
  /** The clock by which the eUICC checks the validity of certificates. Default: the system's clock. */
  readonly clock?: Clock | undefined;
  /** The source of challenges. Default: the system's random numbers. */
  readonly random?: Random | undefined;
}

/**
 * An eUICC in software. Its methods are the functions of ES10a, ES10b and ES10c, with their names in SGP.22 5.7. Requests and responses
 * are DER. The eUICC makes all checks of a strict card. If it refuses a server, it answers with the error response of SGP.22, and
 * {@link lastFault} gives the reason in words.
 */
export class VirtualEuicc {
  readonly #card: Card;
  /** Why the eUICC last refused a server. `undefined` if it has never refused a server. */
  lastFault: AuthenticationFault | DownloadFault | undefined;

  constructor(options: VirtualEuiccOptions) {
    const { material, memory, traits, behaviour, edits, clock, random } = options;
    this.#card = {
      material,
      memory: memory ?? memoryOf(factoryState(material.eid)),
      traits: { ...defaultTraits, ...traits },
      behaviour: { ...strictBehaviour, ...behaviour },
      edits: edits ?? {},
      clock: clock ?? systemClock,
      random: random ?? systemRandom,
      session: undefined,
    };
  }

  /** 32 digits. */
  get eid(): string {
    return this.#card.material.eid;
  }

  /** Version of SGP.22 that the eUICC follows, `major.minor.revision`. */
  get svn(): string {
    return this.#card.traits.svn;
  }

  /** ES10a.GetEuiccConfiguredAddresses (5.7.3). */
  getEuiccConfiguredAddresses(): ConfiguredAddresses {
    return this.#card.memory.state.configuredAddresses ?? { rootSmdsAddresses: [] };
  }

  /** ES10a.SetDefaultDpAddress (5.7.4): `host[:port]`. An empty address removes the default SM-DP+. */
  setDefaultDpAddress(address: string): void {
    this.#configure({ defaultSmdpAddress: address === '' ? undefined : address });
  }

  /** Sets the root SM-DSs, each `host[:port]`. ES10 has no function for this, because the manufacturer sets the root SM-DS of a card. */
  setRootDsAddresses(addresses: readonly string[]): void {
    this.#configure({ rootSmdsAddresses: addresses });
  }

  #configure(addresses: Partial<ConfiguredAddresses>): void {
    const { memory } = this.#card;
    memory.state.configuredAddresses = { ...this.getEuiccConfiguredAddresses(), ...addresses };
    memory.commit();
  }

  /** ES10b.GetEUICCInfo (5.7.8): EUICCInfo1, DER. */
  getEuiccInfo1(): Buffer {
    return euiccInfo1(this.#card);
  }

  /** ES10b.GetEUICCInfo (5.7.8): EUICCInfo2, DER. */
  getEuiccInfo2(): Buffer {
    return euiccInfo2(this.#card);
  }

  /** ES10b.GetEUICCChallenge (5.7.7): 16 octets. Starts a new session. */
  getEuiccChallenge(): Buffer {
    const euiccChallenge = this.#card.random.bytes(16);
    endSession(this.#card);
    this.#card.session = { stage: 'challenged', euiccChallenge };
    return finish(this.#card.edits, 'euiccChallenge', euiccChallenge);
  }

  /** ES10b.AuthenticateServer (5.7.13): AuthenticateServerResponse, DER. */
  authenticateServer(request: AuthenticateServerRequest): Buffer {
    try {
      return authenticateServer(this.#card, request);
    } catch (fault) {
      if (!(fault instanceof AuthenticationFault)) throw fault;
      this.lastFault = fault;
      endSession(this.#card);
      return authenticateResponseError(this.#card, request, fault);
    }
  }

  /** ES10b.PrepareDownload (5.7.5): PrepareDownloadResponse, DER. */
  prepareDownload(request: PrepareDownloadRequest): Buffer {
    try {
      return prepareDownload(this.#card, request);
    } catch (fault) {
      if (!(fault instanceof DownloadFault)) throw fault;
      this.lastFault = fault;
      return downloadResponseError(this.#card, fault);
    }
  }

  /**
   * ES10b.LoadBoundProfilePackage (5.7.6), for all units of a package. `segmentBoundProfilePackage` makes the units.
   *
   * @throws ConditionsOfUseError when {@link prepareDownload} has not succeeded in this session
   * @throws PowerLossError when the power fails on purpose
   */
  loadBoundProfilePackage(units: Iterable<Buffer>): Installation {
    return loadBoundProfilePackage(this.#card, units);
  }

  /**
   * ES10b.LoadBoundProfilePackage (5.7.6), for one unit of a package, because a card gets the units one by one. A unit
   * that begins with `BF36` begins a package. The next unit may come later. If it never comes, nothing is installed.
   *
   * @returns the result, after the last unit or after a fault; `undefined` if the eUICC waits for the next unit
   * @throws ConditionsOfUseError when {@link prepareDownload} has not succeeded in this session, or when the unit
   * continues a package that has not begun
   * @throws PowerLossError when the power fails on purpose
   */
  loadBoundProfilePackageUnit(unit: Buffer): Installation | undefined {
    return loadUnit(this.#card, unit);
  }

  /** ES10b.GetRAT (5.7.22): GetRatResponse, DER. Every operator may use the policy rules that the eUICC does not forbid. */
  getRat(): Buffer {
    return rulesAuthorisationTable(this.#card);
  }

  /** Switches the power off and on. The eUICC forgets its RSP session, and the units of an incomplete package. */
  powerCycle(): void {
    endSession(this.#card);
  }

  /** ES10b.CancelSession (5.7.14): CancelSessionResponse, DER. Ends the session if it has this transactionId. */
  cancelSession(transactionId: Buffer, reason: CancelReason): Buffer {
    return cancelSession(this.#card, transactionId, reason);
  }

  /**
   * ES10b.ListNotification (5.7.9): NotificationMetadata of the undelivered notifications, DER, oldest first.
   *
   * @param events NotificationEvent. Only notifications of these operations are listed. Default: all.
   */
  listNotifications(events?: BitString): Buffer[] {
    return this.#card.memory.state.notifications.filter((each) => reports(each, events)).map(keptMetadata);
  }

  /** ES10b.RetrieveNotificationsList (5.7.10): undelivered notifications, oldest first. */
  retrieveNotificationsList(events?: BitString): readonly StoredNotification[] {
    return this.#card.memory.state.notifications.filter((each) => reports(each, events));
  }

  /** ES10b.RemoveNotificationFromList (5.7.11). @returns whether there was a notification with this sequence number */
  removeNotificationFromList(seqNumber: number): boolean {
    const { state } = this.#card.memory;
    const left = state.notifications.filter((each) => each.seqNumber !== seqNumber);
    const found = left.length < state.notifications.length;
    state.notifications = left;
    if (found) this.#card.memory.commit();
    return found;
  }

  /** ES10c.GetProfilesInfo (5.7.15). */
  getProfilesInfo(): ProfileInfo[] {
    return this.#card.memory.state.profiles.map(profileInfo);
  }

  /**
   * ES10c.GetProfilesInfo (5.7.15): ProfileInfo of each profile, DER.
   *
   * @param tags the tags of the members to return. Default: those of SGP.22 5.7.15.
   * @param isWanted whether to return a profile. Default: all profiles are returned.
   */
  encodedProfilesInfo(
    tags: readonly number[] = defaultProfileTags,
    isWanted: (profile: ProfileInfo) => boolean = () => true,
  ): Buffer[] {
    return this.#card.memory.state.profiles
      .filter((profile) => isWanted(profileInfo(profile)))
      .map((profile) => encodedProfileInfo(profile, tags));
  }

  /** The package (UPP) of an installed profile. `undefined` for an unknown ICCID. A real eUICC never reveals the package. */
  installedPackage(iccid: string): Buffer | undefined {
    const profile = this.#card.memory.state.profiles.find((each) => each.iccid === iccid);
    return profile && Buffer.from(profile.profilePackage, 'base64');
  }

  /** ES10c.EnableProfile (5.7.16). */
  enableProfile(iccid: string): ProfileResult {
    return enableProfile(this.#card, iccid);
  }

  /** ES10c.DisableProfile (5.7.17). */
  disableProfile(iccid: string): ProfileResult {
    return disableProfile(this.#card, iccid);
  }

  /** ES10c.DeleteProfile (5.7.18). */
  deleteProfile(iccid: string): ProfileResult {
    return deleteProfile(this.#card, iccid);
  }

  /** ES10c.eUICCMemoryReset (5.7.19). Without options, deletes all profiles and removes the default SM-DP+. */
  memoryReset(options: MemoryResetOptions = {}): MemoryResetResult {
    return resetMemory(this.#card, options);
  }

  /** ES10c.SetNickname (5.7.21): up to 64 characters. An empty text removes the nickname. */
  setNickname(iccid: string, nickname: string): NicknameResult {
    return setNickname(this.#card, iccid, nickname);
  }
}
