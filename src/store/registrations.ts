/**
 * What an SM-DS knows of an event of ours: it is to be told of it, it has been, it does not take it, or it is to forget it.
 */
export const registrationStates = ['pending', 'registered', 'failed', 'deleting'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** An order of ours that an SM-DS tells the device of (SGP.22 3.6). Times are milliseconds since 1970. */
export interface NewRegistration {
  /** `host` or `host:port`, in lower case. */
  readonly smdsAddress: string;
  /** The MatchingID of the order. */
  readonly eventId: string;
  /** 32 digits. */
  readonly eid: string;
  /** From when on the event is to be deleted; null: not before the order ends. */
  readonly expiresAt: number | null;
}

export type RegistrationName = Pick<NewRegistration, 'smdsAddress' | 'eventId'>;

/** The registration of an event of ours at an SM-DS; there is none any more once the SM-DS has deleted the event. */
export interface Registration extends NewRegistration {
  readonly id: number;
  /** Raised whenever something else is to become of it. */
  readonly version: number;
  readonly state: RegistrationState;
  /** The EID for which the SM-DS may have the event by now; null: no call has gone out. */
  readonly knownEid: string | null;
  readonly attempts: number;
  /** null: nothing is to be done. */
  readonly nextAttemptAt: number | null;
  /** Until when the process that calls the SM-DS has it to itself. */
  readonly leasedUntil: number | null;
  /** What came of the last attempt, unless it was good. */
  readonly lastError: string | null;
}

/** What has become of a registration under a lease. */
export type RegistrationChanges = {
  readonly [M in 'state' | 'eid' | 'knownEid' | 'attempts' | 'nextAttemptAt' | 'lastError']?:
    Registration[M] | undefined;
};

/**
 * Registrations of our events at SM-DSs. What is to become of them is queued with a `queueRegistration`, `noteRegistered` or
 * `queueDeletion` of {@link Store.commit}, together with what becomes of the order.
 */
export interface Registrations {
  registration(name: RegistrationName): Promise<Registration | undefined>;
  /** Addresses of the SM-DSs that have to be called, now or later. */
  smdsAddressesToCall(): Promise<readonly string[]>;
  /** Takes up to `limit` registrations at this SM-DS that are due, for this process alone until `until`. */
  leaseRegistrations(
    smdsAddress: string,
    now: number,
    until: number,
    limit: number,
  ): Promise<readonly Registration[]>;
  /**
   * Takes one registration, whether or not it is due, for this process alone until `until`; where there is none, it begins
   * as one that is to be deleted. `undefined` while another has it.
   */
  leaseRegistration(
    event: NewRegistration,
    now: number,
    until: number,
  ): Promise<{ readonly registration: Registration; readonly isNew: boolean } | undefined>;
  /** Ends a lease. Unless something else is to become of it meanwhile, notes what has, `gone` for nothing that is left. */
  settleRegistration(leased: Registration, become: RegistrationChanges | 'gone'): Promise<void>;
  /** Lets events be deleted whose orders have expired. @returns how many */
  expireRegistrations(now: number): Promise<number>;
}
