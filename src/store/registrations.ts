/**
 * State of an event at an SM-DS. `pending`: this server must still register the event. `registered`: the event is
 * registered. `failed`: the SM-DS refuses the event. `deleting`: this server must still delete the event there.
 */
export const registrationStates = ['pending', 'registered', 'failed', 'deleting'] as const;
export type RegistrationState = (typeof registrationStates)[number];

/** An order of this server that is to become an event at an SM-DS (SGP.22 3.6). Times are milliseconds since 1970. */
export interface NewRegistration {
  /** `host` or `host:port`, in lower case. */
  readonly smdsAddress: string;
  /** The MatchingID of the order. */
  readonly eventId: string;
  /** 32 digits. */
  readonly eid: string;
  /** When the event should be deleted. Null: when the order ends. */
  readonly expiresAt: number | null;
}

export type RegistrationName = Pick<NewRegistration, 'smdsAddress' | 'eventId'>;

/** The registration of an event at an SM-DS. The store removes it when the SM-DS has deleted the event. */
export interface Registration extends NewRegistration {
  readonly id: number;
  /** Incremented whenever the intended state changes. */
  readonly version: number;
  readonly state: RegistrationState;
  /** The EID under which the SM-DS may know the event. Null: the SM-DS was never called. */
  readonly knownEid: string | null;
  readonly attempts: number;
  /** Null: there is nothing to do. */
  readonly nextAttemptAt: number | null;
  /** Until this time, only the process that leased the registration may call the SM-DS. */
  readonly leasedUntil: number | null;
  /** The error of the last attempt. Null if the last attempt succeeded. */
  readonly lastError: string | null;
}

/** Changes to a leased registration. */
export type RegistrationChanges = {
  readonly [M in 'state' | 'eid' | 'knownEid' | 'attempts' | 'nextAttemptAt' | 'lastError']?:
    Registration[M] | undefined;
};

/**
 * Registrations of this server's events at SM-DSs. {@link Store.commit} changes them in the same transaction as the order, by
 * `queueRegistration`, `noteRegistered` and `queueDeletion`.
 */
export interface Registrations {
  registration(name: RegistrationName): Promise<Registration | undefined>;
  /** Addresses of the SM-DSs that must be called, now or later. */
  smdsAddressesToCall(): Promise<readonly string[]>;
  /** Leases up to `limit` due registrations at this SM-DS to this process. The leases end at `until`. */
  leaseRegistrations(
    smdsAddress: string,
    now: number,
    until: number,
    limit: number,
  ): Promise<readonly Registration[]>;
  /**
   * Leases one registration to this process, even if it is not due. The lease ends at `until`. If the registration does not exist, creates
   * it in the state `deleting`.
   * @returns `undefined` while another process holds the lease
   */
  leaseRegistration(
    event: NewRegistration,
    now: number,
    until: number,
  ): Promise<{ readonly registration: Registration; readonly isNew: boolean } | undefined>;
  /**
   * Ends a lease and stores the changes. `gone` removes the registration. If the intended state has changed in the meantime, only ends the
   * lease.
   */
  settleRegistration(leased: Registration, become: RegistrationChanges | 'gone'): Promise<void>;
  /** Queues the deletion of events whose orders have expired. @returns the number of events */
  expireRegistrations(now: number): Promise<number>;
}
