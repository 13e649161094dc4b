/** What the commands read of the control API's answers (`GET /docs` has the whole of it). */

export interface Profile {
  readonly namespace: string | null;
  readonly iccid: string;
  readonly profileType: string;
  readonly state: string;
  readonly eid: string | null;
  readonly matchingId: string | null;
  readonly activationCode: string | null;
  readonly confirmationCodeRequired: boolean;
  readonly confirmationCodeAttemptsLeft: number;
  readonly downloadAttemptsLeft: number | null;
  readonly validUntil: string | null;
  readonly smdsAddress: string | null;
  readonly smds: { readonly state: string; readonly lastError: string | null } | null;
  readonly reuse: string;
  readonly operator: string | null;
  readonly label: string | null;
  readonly pool: string | null;
  readonly errorStatus: string | null;
  readonly installedState: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface CreatedProfile extends Profile {
  readonly warnings: readonly { field: string; message: string; remedy?: string }[];
}

export interface ProfileList {
  readonly items: readonly Profile[];
  readonly next?: string;
}

export interface ProfileDetails extends Profile {
  readonly sharedBy: number;
  readonly history: readonly {
    readonly at: string;
    readonly trigger: string;
    readonly from: string;
    readonly to: string;
    readonly status?: string;
    readonly cause?: string;
  }[];
  readonly notifications: readonly {
    readonly at: string;
    readonly operation: string | null;
    readonly seqNumber: number | null;
    readonly verified: boolean;
    readonly outcome: string;
  }[];
  readonly devices: readonly {
    readonly eid: string;
    readonly at: string;
    readonly state: string;
    readonly installedState: string | null;
    readonly errorStatus: string | null;
  }[];
}
