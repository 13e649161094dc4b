/** What the commands read of the control API's answers about pools. */

export interface Pool {
  readonly name: string;
  readonly profiles: number;
  readonly smdpAddress: string | null;
  readonly changedAt: string | null;
}

export interface ImportedPool {
  readonly name: string;
  readonly smdpAddress: string;
  readonly codes: number;
  readonly created: number;
  readonly unchanged: number;
  readonly kept: number;
  readonly withdrawn: number;
  readonly dryRun: boolean;
  readonly remarks: readonly string[];
}

export interface PoolCodes {
  readonly smdpAddress: string;
  readonly codes: readonly { readonly iccid: string; readonly matchingId: string }[];
  readonly leftOut: readonly { readonly meaning: string; readonly count: number }[];
  readonly remarks: readonly string[];
}

export interface PoolStatus {
  readonly pool: string;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly devices?: readonly {
    readonly eid: string | null;
    readonly iccid: string;
    readonly status: string;
    readonly cellularStatus: string;
    readonly lastContact: string | null;
    readonly error: string | null;
  }[];
}
