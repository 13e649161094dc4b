import { maxSegmentOctets, type ErrorReason } from '../../wire/rsp/index.js';
import type { NonVolatileMemory } from './state.js';

/** How an eUICC deviates from a strict card that works: what it tolerates, and which failures it has on purpose. */
export interface CardBehaviour {
  /** Longest protected TLV of a bound profile package, in octets. SGP.22 2.5.4 allows 1,020. */
  readonly maxSegmentOctets: number;
  /** Whether the eUICC takes server certificates that are expired or not valid yet. */
  readonly ignoresCertificateDates: boolean;
  /** Fails the installation at a profile element. */
  readonly failure: ElementFailure | undefined;
  /** Whether installations fail for lack of memory, whatever EUICCInfo2 says. */
  readonly memoryFull: boolean;
  /**
   * The power fails when this unit of the package arrives; 1 is the first. If the package has fewer units, the power fails
   * after the installation.
   */
  readonly powerLossAtUnit: number | undefined;
  /** How often each failure happens before the eUICC works. */
  readonly failTimes: number;
}

/** An installation failure at one profile element. */
export interface ElementFailure {
  /** 1 is the header. A number beyond the last element means the last element. */
  readonly element: number;
  readonly reason: keyof typeof ErrorReason;
  /** PEStatus (SAIP 9.1) in the simaResponse. */
  readonly status: number;
}

/** A strict card without failures. */
export const strictBehaviour: CardBehaviour = {
  maxSegmentOctets,
  ignoresCertificateDates: false,
  failure: undefined,
  memoryFull: false,
  powerLossAtUnit: undefined,
  failTimes: Infinity,
};

/** Names of the failures that are counted in the state of the eUICC. */
export type FailureName =
  'failAtElement' | 'memoryFull' | 'powerLossAtUnit' | 'userRefuses' | 'wrongConfirmationCodes';

/** Counts a failure in the eUICC's state, unless it has already happened `most` times. Returns whether it is to happen. */
export function takeFailure(memory: NonVolatileMemory, name: FailureName, most: number): boolean {
  const { state } = memory;
  const past = state.failures?.[name] ?? 0;
  if (past >= most) return false;
  state.failures = { ...state.failures, [name]: past + 1 };
  memory.commit();
  return true;
}
