import { maxSegmentOctets, type ErrorReason } from '../../wire/rsp/index.js';
import type { NonVolatileMemory } from './state.js';

/** How an eUICC differs from a strict eUICC without failures: what it tolerates, and how it fails on purpose. */
export interface CardBehaviour {
  /** The longest protected TLV of a bound profile package that the eUICC accepts, in octets. SGP.22 2.5.4 allows 1,020. */
  readonly maxSegmentOctets: number;
  /** Whether the eUICC accepts server certificates that have expired or are not valid yet. */
  readonly ignoresCertificateDates: boolean;
  /** The profile element at which installations fail. `undefined`: no element fails. */
  readonly failure: ElementFailure | undefined;
  /** Whether installations fail for lack of memory, whatever EUICCInfo2 says. */
  readonly memoryFull: boolean;
  /**
   * The power fails when this unit of the package arrives; 1 is the first. If the package has fewer units, the power
   * fails after the installation.
   */
  readonly powerLossAtUnit: number | undefined;
  /** How often each failure happens. After that, the eUICC works. */
  readonly failTimes: number;
}

/** An installation failure at one profile element. */
export interface ElementFailure {
  /** The number of the element; 1 is the header. A number that is too large stands for the last element. */
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

/**
 * Whether the failure happens now: it happens the first `most` times. The eUICC's state counts how often it has
 * happened.
 */
export function takeFailure(memory: NonVolatileMemory, name: FailureName, most: number): boolean {
  const { state } = memory;
  const past = state.failures?.[name] ?? 0;
  if (past >= most) return false;
  state.failures = { ...state.failures, [name]: past + 1 };
  memory.commit();
  return true;
}
