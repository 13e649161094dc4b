import type { OperationRecord, OperationStep } from './operation.js';
import type { Platform } from './platform.js';

/** Something that happened to a device of a park. */
export interface ParkEvent {
  /**
   * `made`, `changed` (settings), `removed`; of an operation: `started`, `step`, `asking` (the device asks its user), `answered`,
   * `ended`.
   */
  readonly event: 'made' | 'changed' | 'removed' | 'started' | 'step' | 'asking' | 'answered' | 'ended';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly device: {
    readonly name: string;
    readonly eid: string;
    readonly platform: Platform;
    /** Empty: no namespace. */
    readonly namespace: string;
  };
  /** The operation as it was at this moment. */
  readonly operation?: OperationRecord | undefined;
  readonly step?: OperationStep | undefined;
}
