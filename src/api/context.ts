import type { Clock } from '../base/clock.js';
import type { DeviceAddress } from '../base/device-address.js';
import type { Random } from '../base/random.js';
import type { Journal } from '../instruments/journal/index.js';
import type { Conduct, FaultRules } from '../instruments/faults/index.js';
import type { NoOrderStatus, ProfileTypes } from '../orders/index.js';
import type { Pki } from '../pki/index.js';
import type { SmdsContext } from '../smds/registry/index.js';
import type { Store } from '../store/index.js';
import type { Testing } from './testing.js';

/** Settings on which the answers to devices depend. */
export interface AnswerSettings {
  readonly conduct: Conduct;
  /** What an eUICC is told for whose EID no order waits. */
  readonly noOrderStatus: NoOrderStatus;
  /** Seconds. */
  readonly sessionTimeout: number;
}

/** What the calls of the control API work with. */
export interface ControlContext {
  readonly store: Store;
  readonly pki: Pick<Pki, 'trustedCis' | 'tls' | 'issuers' | 'eums' | 'identities' | 'crls' | 'smds'> &
    Partial<Pick<Pki, 'eumCertificates'>>;
  /** Settings on which answers depend. */
  readonly settings: AnswerSettings;
  readonly profileTypes: ProfileTypes;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DS; absent while that role is off. */
  readonly smds?: SmdsContext | undefined;
  /** Misbehaviour on purpose. */
  readonly faults: FaultRules;
  /** Clock and reset; absent: they are not to be had. */
  readonly testing?: Testing | undefined;
  /** One sentence for each thing in force that is unsafe, or was set by a tester; absent: nobody looks. */
  readonly warnings?: (() => readonly string[]) | undefined;
  /** What devices and operators have asked, and what became of profiles. */
  readonly journal: Journal;
  /** Where devices find the SM-DP+. */
  readonly smdp: DeviceAddress;
  /** Lines that a manifest may have; absent: as many as its reader takes by itself. */
  readonly manifestLines?: number | undefined;
  /** Has operators told now of what is due; absent: nobody tells them. */
  readonly wakeCourier?: (() => void) | undefined;
}
