import type { Batches } from './batches.js';
import type { Callbacks, NewCallback } from './callbacks.js';
import type { ResetAndSnapshots } from './reset-and-snapshots.js';
import type { MdmList, Pools } from './pools.js';
import type { EventRecords, NewEventRecord } from './event-records.js';
import type { OngoingCounts } from './under-way.js';
import type { NewDelivery, Webhooks } from './webhooks.js';
import type { SharedState } from './across-instances.js';
import type { NewRegistration, RegistrationName, Registrations } from './registrations.js';
import type {
  Binding,
  Download,
  HistoryEntry,
  NewProfile,
  Operator,
  OrderCall,
  Profile,
  ProfileChanges,
  ProfileState,
  RspSession,
  SessionChanges,
  SessionState,
  SharedOrder,
  StoredNotification,
  StoredProfileType,
} from './records.js';
import type { Page, PageRequest } from './page.js';

/**
 * One change of the database. Some changes have a condition. If one condition is not met, the whole commit is refused.
 */
export type Change =
  /** Changes a profile. Condition: the profile still has `version`. */
  | {
      readonly kind: 'updateProfile';
      readonly id: number;
      readonly version: number;
      /** The profile's namespace, for observers only. */
      readonly namespace?: string | undefined;
      readonly set: ProfileChanges;
      readonly history?: HistoryEntry | readonly HistoryEntry[] | undefined;
    }
  /**
   * Changes an order that many eUICCs may use, because one of these eUICCs has acted. Condition: the order still has `orderVersion`. With
   * `takesAttempt`, the order must also have a download attempt left.
   */
  | {
      readonly kind: 'noteDownload';
      readonly id: number;
      readonly orderVersion: number;
      /** The profile's namespace, for observers only. */
      readonly namespace?: string | undefined;
      /** Values of the latest download, shown on the order. */
      readonly set: ProfileChanges;
      readonly takesAttempt: boolean;
      readonly history?: readonly HistoryEntry[] | undefined;
    }
  /**
   * Saves the download of an eUICC. Condition: the download is new and has `version` 1, or the stored download has the
   * previous version.
   */
  | { readonly kind: 'saveDownload'; readonly download: Download }
  /** Changes nothing. Condition: the profile still has `version`. */
  | { readonly kind: 'requireProfile'; readonly id: number; readonly version: number }
  /** Creates profiles. @throws DuplicateError if an ICCID, a MatchingID or a claimed IMSI is in use */
  | { readonly kind: 'createProfiles'; readonly profiles: readonly NewProfile[] }
  /** Removes the profile with all records about it. Condition: the profile still has `version`. */
  | { readonly kind: 'removeProfile'; readonly id: number; readonly version: number }
  | { readonly kind: 'createSession'; readonly session: RspSession }
  /** Changes a session. Condition: the session is in one of the states `from`. */
  | {
      readonly kind: 'updateSession';
      readonly transactionId: Buffer;
      readonly from: SessionState | readonly SessionState[];
      readonly set: SessionChanges;
    }
  /**
   * Ends the profile's sessions, except sessions whose result has arrived. With `orderIsOver`, an awaited result becomes orphaned.
   * Otherwise an awaited result stays awaited.
   */
  | {
      readonly kind: 'endSessions';
      readonly profileId: number;
      /** Only sessions of this eUICC. */
      readonly eid?: string | undefined;
      readonly except?: Buffer | undefined;
      readonly orderIsOver?: boolean | undefined;
    }
  | { readonly kind: 'saveBinding'; readonly binding: Binding }
  /** Records the installation on the eUICC and deletes the private one-time key. */
  | { readonly kind: 'markInstalled'; readonly profileId: number; readonly eid: string; readonly at: number }
  /** Deletes the bindings and downloads of all eUICCs for the order. */
  | { readonly kind: 'deleteBindings'; readonly profileId: number }
  /**
   * Stores a notification. Condition: no notification has the same key. If the profile was removed, the notification is
   * stored without a profile.
   */
  | { readonly kind: 'recordNotification'; readonly notification: StoredNotification }
  /** Stores a call of ES2+. Condition: no call has the same id. */
  | { readonly kind: 'recordCall'; readonly call: OrderCall }
  /** Deletes the calls about the profile's order, which has ended. */
  | { readonly kind: 'forgetCalls'; readonly profileId: number }
  /**
   * Stores a list. Condition: neither the pool nor the provider has a list in the namespace, or the stored list of the
   * pool has the previous version.
   */
  | { readonly kind: 'saveMdmList'; readonly list: MdmList }
  /** Without a namespace: deletes the lists of all namespaces. */
  | { readonly kind: 'deleteMdmList'; readonly pool: string; readonly namespace?: string | undefined }
  /** Queues a call to an operator. */
  | { readonly kind: 'queueCallback'; readonly call: NewCallback }
  /** Queues a message to a webhook. Does nothing if the webhook was removed. */
  | { readonly kind: 'queueDelivery'; readonly delivery: NewDelivery }
  /** Stores an event. Condition: the owner has no other event with this EventID. */
  | { readonly kind: 'registerEvent'; readonly event: NewEventRecord }
  | { readonly kind: 'deleteEvent'; readonly owner: string; readonly eventId: string }
  /** Queues the registration of an event at an SM-DS, unless the event is registered there. */
  | { readonly kind: 'queueRegistration'; readonly event: NewRegistration }
  /** Records that an SM-DS has registered an event. */
  | { readonly kind: 'noteRegistered'; readonly event: NewRegistration }
  /** Queues the deletion of an event at an SM-DS, if the SM-DS may know it. */
  | { readonly kind: 'queueDeletion'; readonly event: RegistrationName };

/** Selects profiles for a list. */
export interface ProfileFilter {
  readonly state?: ProfileState | readonly ProfileState[] | undefined;
  readonly iccid?: string | undefined;
  readonly eid?: string | undefined;
  readonly matchingId?: string | undefined;
  readonly pool?: string | undefined;
  readonly profileType?: string | undefined;
  readonly operator?: string | undefined;
  readonly label?: string | undefined;
  readonly namespace?: string | undefined;
  /** A part of the ICCID, EID, MatchingID or label. Case does not matter for ASCII letters. */
  readonly search?: string | undefined;
}

/**
 * All data that outlive a request. Every engine implements this interface. Reads see only committed data. A {@link Store.commit}
 * takes effect completely or not at all, even if its process is killed.
 */
export interface Store
  extends Batches, Callbacks, EventRecords, Pools, Registrations, ResetAndSnapshots, Webhooks {
  /** Name of the engine and location of its data, for the start-up message and the log. */
  readonly description: string;

  /**
   * Creates all profiles and applies the changes `along` in one transaction. These changes must not have conditions.
   * @throws DuplicateError
   */
  createProfiles(profiles: readonly NewProfile[], along?: readonly Change[]): Promise<readonly Profile[]>;
  profile(id: number): Promise<Profile | undefined>;
  /** Profiles with this ICCID, newest first. */
  profilesByIccid(iccid: string): Promise<readonly Profile[]>;
  /** The profile ordered under a non-empty MatchingID. */
  profileByMatchingId(matchingId: string): Promise<Profile | undefined>;
  /** Profiles ordered with an empty MatchingID for this EID, oldest first. */
  profilesForEid(eid: string): Promise<readonly Profile[]>;
  /** Profiles whose subscriber has one of these IMSIs, oldest first. */
  profilesByImsi(imsis: readonly string[]): Promise<readonly Profile[]>;
  /** An Available profile of this type and operator in the namespace. Default: no namespace. */
  availableProfile(
    profileType: string,
    operator: string | null,
    namespace?: string,
  ): Promise<Profile | undefined>;
  /** Profiles in order of creation. `limit` is at most 1000. @throws RangeError for a malformed cursor */
  listProfiles(filter: ProfileFilter, page: PageRequest): Promise<Page<Profile>>;
  /** The namespaces with profiles, and the number of profiles in each. */
  namespaces(): Promise<ReadonlyMap<string, number>>;
  /** @param namespace counts only profiles of this namespace; default: all profiles */
  countProfiles(namespace?: string): Promise<Readonly<Record<ProfileState, number>>>;
  /**
   * Counts the sessions and calls that are under way.
   *
   * @param until milliseconds since 1970. Sessions that expire by then wait for the device's next request. Sessions that expire later wait
   * for a result
   */
  countUnderWay(now: number, until: number): Promise<OngoingCounts>;
  history(profileId: number): Promise<readonly HistoryEntry[]>;

  session(transactionId: Buffer): Promise<RspSession | undefined>;
  binding(profileId: number, eid: string): Promise<Binding | undefined>;
  /** The profile and this eUICC's download of it, read in one transaction. */
  sharedOrder(profileId: number, eid: string): Promise<SharedOrder | undefined>;
  /** Downloads of an order that many eUICCs may use, latest first. */
  downloads(profileId: number, limit: number): Promise<readonly Download[]>;
  /** Whether a notification with this key has been recorded. */
  hasNotification(key: string): Promise<boolean>;
  /** Notifications about the profile, in order of arrival. */
  notifications(profileId: number): Promise<readonly StoredNotification[]>;

  /** The call of ES2+ with this id. */
  call(id: Buffer): Promise<OrderCall | undefined>;
  /** The last call of ES2+ about the profile with this content. */
  callAbout(profileId: number, content: Buffer): Promise<OrderCall | undefined>;

  /** Operators, sorted by identifier. */
  operators(): Promise<readonly Operator[]>;
  operator(identifier: string): Promise<Operator | undefined>;
  /** Saves the operator. Replaces an operator with the same identifier. */
  saveOperator(operator: Operator): Promise<void>;
  /** @returns whether the operator existed */
  deleteOperator(identifier: string): Promise<boolean>;

  profileTypes(): Promise<readonly StoredProfileType[]>;
  profileType(name: string): Promise<StoredProfileType | undefined>;
  saveProfileType(type: StoredProfileType): Promise<void>;
  /** @returns whether the profile type existed */
  deleteProfileType(name: string): Promise<boolean>;
  /** Whether any profile has this type. */
  profileTypeInUse(name: string): Promise<boolean>;

  /** The next number of the series with this name: 1, 2, 3 … No number is returned twice. */
  nextNumber(name: string): Promise<number>;
  /** Reserves `count` consecutive numbers of the series. @returns the first of them */
  reserveNumbers(name: string, count: number): Promise<number>;

  /** Applies all changes in one transaction. @returns false, and changes nothing, if a condition is not met */
  commit(changes: readonly Change[]): Promise<boolean>;

  /**
   * Removes sessions that expired before `now`. Removes rows that are older than a day: ES2+ calls, delivered calls to operators, and
   * delivered or abandoned messages to webhooks. Also removes the oldest rows of each table that exceeds its limit. Returns free space to
   * the disk.
   *
   * @param now the time of the server's clock, which a tester may have set, in milliseconds since 1970; applies to sessions and ES2+ calls
   * @param systemNow the time of the system's clock, in milliseconds since 1970; applies to messages to operators and webhooks; default:
   * `now`
   */
  purge(now: number, systemNow?: number): Promise<void>;
  /**
   * Ends all leases when a server starts, because the process that held them may have been killed. If that process still runs, an operator
   * or SM-DS may receive a call twice, which at-least-once delivery allows. Does nothing on an engine for several machines. There, the
   * first process that joins the {@link SharedState} ends all leases. If a server is killed while others run, its leases last until they
   * expire.
   */
  endLeases(): Promise<void>;
  /** State that all processes on the database share. Absent on an engine for one machine, where each process keeps its own state. */
  readonly shared?: SharedState | undefined;
  /** Checks that the database answers. After a failure, also checks that it can be written. @throws StoreError if a check fails */
  ping(): Promise<void>;
  close(): Promise<void>;
}
