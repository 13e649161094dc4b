import type { OperationRecord, OperationStep } from './operation.js';
import type { Platform } from './platform.js';

/** An event of a device in a park. */
export interface ParkEvent {
  /**
   * Events of the device: `made`, `changed` (its settings), `removed`. Events of an operation: `started`, `step`,
   * `asking` (the device asks its user), `answered`, `ended`.
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
  /** The operation at the time of the event. */
  readonly operation?: OperationRecord | undefined;
  readonly step?: OperationStep | undefined;
}
