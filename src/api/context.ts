import type { Clock } from '../base/clock.js';
import type { DeviceAddress } from '../base/device-address.js';
import type { Random } from '../base/random.js';
import type { ManagementSystems } from '../device/management/index.js';
import type { DevicePark } from '../device/park/index.js';
import type { Journal } from '../instruments/journal/index.js';
import type { ForwardRoutes } from '../instruments/forwarding/index.js';
import type { Conduct, FaultRules } from '../instruments/faults/index.js';
import type { NoOrderStatus, ProfileTypes, ProgressMessages } from '../orders/index.js';
import type { Pki } from '../pki/index.js';
import type { ReplayReport } from './recording/report.js';
import type { SmdsContext } from '../smds/registry/index.js';
import type { Store, Topic } from '../store/index.js';
import type { Testing } from './testing.js';
import type { WebhookSender } from './webhooks/sender.js';

/** Settings that change the answers to devices. */
export interface AnswerSettings {
  readonly conduct: Conduct;
  /** Status code of the answer to an eUICC whose EID has no order. */
  readonly noOrderStatus: NoOrderStatus;
  /** Seconds. */
  readonly sessionTimeout: number;
}

/** What the calls of the control API need. */
export interface ControlContext {
  readonly store: Store;
  readonly pki: Pick<Pki, 'trustedCis' | 'tls' | 'issuers' | 'eums' | 'identities' | 'crls' | 'smds'> &
    Partial<Pick<Pki, 'eumCertificates'>>;
  /** Settings that change the answers to devices. */
  readonly settings: AnswerSettings;
  readonly profileTypes: ProfileTypes;
  readonly clock: Clock;
  readonly random: Random;
  /** The SM-DS. Absent if the SM-DS role is off. */
  readonly smds?: SmdsContext | undefined;
  /** Rules that make the server misbehave on purpose. */
  readonly faults: FaultRules;
  /** Sets the clock, resets the server and changes its address. Absent: the API lacks these calls. */
  readonly testing?: Testing | undefined;
  /** One sentence for each active setting that is unsafe or that a tester changed. Absent: no warnings. */
  readonly warnings?: (() => readonly string[]) | undefined;
  /** The requests of devices and operators, and the transitions of profiles. */
  readonly journal: Journal;
  /** The SM-DP+ address. */
  readonly smdp: DeviceAddress;
  /** Maximum number of lines in a manifest. Absent: the default of the manifest reader. */
  readonly manifestLines?: number | undefined;
  /** The virtual devices in the server's process. Absent: the API lacks the calls about devices. */
  readonly devices?: DevicePark | undefined;
  /** Queues messages to operators about simulated downloads. Absent: operators get no such messages. */
  readonly progress?: ProgressMessages | undefined;
  /** Device management of the virtual devices. Absent: the API lacks the calls about it. */
  readonly management?: ManagementSystems | undefined;
  /** Routes to other SM-DP+s. Absent: the API lacks the calls about routes. */
  readonly routes?: ForwardRoutes | undefined;
  /** Number of processes that serve devices, if each has its own clock, conduct and fault rules. Absent: all processes share these. */
  readonly separateWorkers?: number | undefined;
  /** Sends messages to webhooks. Absent: the API lacks the calls about webhooks. */
  readonly webhooks?: WebhookSender | undefined;
  /** Replays one session, or all sessions, of a file of exchanges. Absent: the API lacks this call. */
  readonly replay?: ((file: Uint8Array, session: string | undefined) => Promise<ReplayReport>) | undefined;
  /** Announces a change to the other instances, and waits until they have applied it. Absent: there are no other instances. */
  readonly everywhere?: ((topic: Topic) => Promise<void>) | undefined;
  /** Sends due messages to operators now. Absent: the server sends no messages. */
  readonly wakeCourier?: (() => void) | undefined;
}
