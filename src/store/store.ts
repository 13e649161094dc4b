import type { Batches } from './batches.js';
import type { Callbacks, NewCallback } from './callbacks.js';
import type { ResetAndSnapshots } from './put-back.js';
import type { MdmList, Pools } from './pools.js';
import type { EventRecords, NewEventRecord } from './event-records.js';
import type { OngoingCounts } from './under-way.js';
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
import type { Page } from './page.js';

/**
 * One change of the database. Those that are conditional say so; where a condition does not hold, the whole commit is
 * refused.
 */
export type Change =
  /** Conditional: the profile still has `version`. */
  | {
      readonly kind: 'updateProfile';
      readonly id: number;
      readonly version: number;
      /** The profile's, for those who watch; changes nothing. */
      readonly namespace?: string | undefined;
      readonly set: ProfileChanges;
      readonly history?: HistoryEntry | readonly HistoryEntry[] | undefined;
    }
  /**
   * Conditional: the order still has `orderVersion`, and an attempt left where one is taken. Notes at an order that many
   * eUICCs may use what one of them did.
   */
  | {
      readonly kind: 'noteDownload';
      readonly id: number;
      readonly orderVersion: number;
      /** The profile's, for those who watch; changes nothing. */
      readonly namespace?: string | undefined;
      /** What the order shows of its latest download. */
      readonly set: ProfileChanges;
      readonly takesAttempt: boolean;
      readonly history?: readonly HistoryEntry[] | undefined;
    }
  /** Conditional: the eUICC's download is new with `version` 1, or still has the version before. */
  | { readonly kind: 'saveDownload'; readonly download: Download }
  /** Conditional: the profile still has `version`. Changes nothing. */
  | { readonly kind: 'requireProfile'; readonly id: number; readonly version: number }
  /** Makes profiles. @throws DuplicateError */
  | { readonly kind: 'createProfiles'; readonly profiles: readonly NewProfile[] }
  /** Conditional: the profile still has `version`. Removes it with everything that was kept about it. */
  | { readonly kind: 'removeProfile'; readonly id: number; readonly version: number }
  | { readonly kind: 'createSession'; readonly session: RspSession }
  /** Conditional: the session is in state `from`. */
  | {
      readonly kind: 'updateSession';
      readonly transactionId: Buffer;
      readonly from: SessionState | readonly SessionState[];
      readonly set: SessionChanges;
    }
  /**
   * Ends sessions of the profile that have not reported yet. A result that is awaited counts all the same; with
   * `orderIsOver` it is orphaned.
   */
  | {
      readonly kind: 'endSessions';
      readonly profileId: number;
      /** Only those of this eUICC. */
      readonly eid?: string | undefined;
      readonly except?: Buffer | undefined;
      readonly orderIsOver?: boolean | undefined;
    }
  | { readonly kind: 'saveBinding'; readonly binding: Binding }
  /** The profile is on the eUICC: notes when, and forgets the private one-time key. */
  | { readonly kind: 'markInstalled'; readonly profileId: number; readonly eid: string; readonly at: number }
  /** Forgets what eUICCs have of the order. */
  | { readonly kind: 'deleteBindings'; readonly profileId: number }
  /** Conditional: no notification has the same key. Where the profile is not there any more, it is kept without. */
  | { readonly kind: 'recordNotification'; readonly notification: StoredNotification }
  /** Conditional: no call has the same id. */
  | { readonly kind: 'recordCall'; readonly call: OrderCall }
  /** Forgets the calls about the profile's order, which is over. */
  | { readonly kind: 'forgetCalls'; readonly profileId: number }
  /** Conditional: neither the pool nor the provider has a list in its namespace, or the pool's has the version before. */
  | { readonly kind: 'saveMdmList'; readonly list: MdmList }
  /** Without a namespace: the lists of all of them. */
  | { readonly kind: 'deleteMdmList'; readonly pool: string; readonly namespace?: string | undefined }
  /** Queues a call that an operator is to receive. */
  | { readonly kind: 'queueCallback'; readonly call: NewCallback }
  /** Conditional: its owner has no other event with this EventID. */
  | { readonly kind: 'registerEvent'; readonly event: NewEventRecord }
  | { readonly kind: 'deleteEvent'; readonly owner: string; readonly eventId: string }
  /** An SM-DS is to be told of an event of ours, unless it has been. */
  | { readonly kind: 'queueRegistration'; readonly event: NewRegistration }
  /** An SM-DS has been told of an event of ours. */
  | { readonly kind: 'noteRegistered'; readonly event: NewRegistration }
  /** An SM-DS is to forget an event of ours, if it has been told of it. */
  | { readonly kind: 'queueDeletion'; readonly event: RegistrationName };

/** What profiles a list shows. */
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
}

/**
 * Everything that outlives a request. One interface for every engine: reads see only what was committed, and a
 * {@link Store.commit} is done wholly or not at all, whatever process it runs in and whenever that process is killed.
 */
export interface Store extends Batches, Callbacks, EventRecords, Pools, Registrations, ResetAndSnapshots {
  /** Name of the engine and where its data are, for the start-up message and the log. */
  readonly description: string;

  /** Makes profiles, all or none, together with `along`, of which nothing may be conditional. @throws DuplicateError */
  createProfiles(profiles: readonly NewProfile[], along?: readonly Change[]): Promise<readonly Profile[]>;
  profile(id: number): Promise<Profile | undefined>;
  /** Profiles with this ICCID, the newest first. */
  profilesByIccid(iccid: string): Promise<readonly Profile[]>;
  /** The profile ordered under a non-empty MatchingID. */
  profileByMatchingId(matchingId: string): Promise<Profile | undefined>;
  /** Profiles ordered with an empty MatchingID for this EID, the oldest first. */
  profilesForEid(eid: string): Promise<readonly Profile[]>;
  /** Any Available profile of the type in the namespace; default: in none. */
  availableProfile(
    profileType: string,
    operator: string | null,
    namespace?: string,
  ): Promise<Profile | undefined>;
  /** Profiles in the order in which they were made. `limit` is at most 1000. @throws RangeError for a malformed cursor */
  listProfiles(
    filter: ProfileFilter,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Page<Profile>>;
  /** Namespaces that have profiles, and how many. */
  namespaces(): Promise<ReadonlyMap<string, number>>;
  countProfiles(): Promise<Readonly<Record<ProfileState, number>>>;
  /** @param until when a session at the latest expires that waits for the device, milliseconds since 1970 */
  countUnderWay(now: number, until: number): Promise<OngoingCounts>;
  history(profileId: number): Promise<readonly HistoryEntry[]>;

  session(transactionId: Buffer): Promise<RspSession | undefined>;
  binding(profileId: number, eid: string): Promise<Binding | undefined>;
  /** The profile with what this eUICC has of it, as they are at the same moment. */
  sharedOrder(profileId: number, eid: string): Promise<SharedOrder | undefined>;
  /** What eUICCs have of an order that many may use, the latest first. */
  downloads(profileId: number, limit: number): Promise<readonly Download[]>;
  /** Whether a notification with this key has been recorded. */
  hasNotification(key: string): Promise<boolean>;
  /** Notifications that concern the profile, in the order of their arrival. */
  notifications(profileId: number): Promise<readonly StoredNotification[]>;

  /** The call of ES2+ with this id. */
  call(id: Buffer): Promise<OrderCall | undefined>;
  /** The last call of ES2+ about the profile that had this content. */
  callAbout(profileId: number, content: Buffer): Promise<OrderCall | undefined>;

  /** Operators, by identifier. */
  operators(): Promise<readonly Operator[]>;
  operator(identifier: string): Promise<Operator | undefined>;
  /** Keeps the operator, in place of one with the same identifier. */
  saveOperator(operator: Operator): Promise<void>;
  /** Whether there was one. */
  deleteOperator(identifier: string): Promise<boolean>;

  profileTypes(): Promise<readonly StoredProfileType[]>;
  profileType(name: string): Promise<StoredProfileType | undefined>;
  saveProfileType(type: StoredProfileType): Promise<void>;
  /** Whether there was one. */
  deleteProfileType(name: string): Promise<boolean>;
  /** Whether any profile is of the type. */
  profileTypeInUse(name: string): Promise<boolean>;

  /** 1, 2, 3 … per name; never the same twice. */
  nextNumber(name: string): Promise<number>;
  /** Takes `count` numbers of the same series at once, and answers the first. */
  reserveNumbers(name: string, count: number): Promise<number>;

  /** Applies all changes in one transaction, or none of them: false where a condition does not hold. */
  commit(changes: readonly Change[]): Promise<boolean>;

  /**
   * Removes sessions that expired before `now`, calls of ES2+ and delivered calls to operators that are more than a day old, and
   * the oldest rows of each table that has more than it keeps. Gives the disk back what is free by then.
   */
  purge(now: number): Promise<void>;
  /**
   * Makes due what was leased, for a server that starts: the process that leased it may be gone. Where it is not, an operator or
   * SM-DS may get a call twice, which at least once allows.
   */
  endLeases(): Promise<void>;
  /** Raises unless the database answers and, where the last thing that it was asked for failed, can be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
