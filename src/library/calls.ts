import type { ResetRequest } from '../api/index.js';
import type { CallApi } from './call.js';
import type { ControlCalls } from '../server/index.js';
import { faultsBy, type FaultCalls } from './faults.js';
import { journalBy, type JournalCalls } from './journal.js';
import { manifestsBy, type ManifestCalls } from './manifests.js';
import { androidBy, type AndroidCalls } from './mdm-android.js';
import { appleBy, type AppleCalls } from './mdm-apple.js';
import { managementBy, type ManagementCalls } from './management.js';
import { operatorsBy, type OperatorCalls } from './operators.js';
import { ordersBy, type OrderCalls } from './orders.js';
import { pkiBy, type PkiCalls } from './pki.js';
import { poolsBy, type PoolCalls } from './pools.js';
import { profileTypesBy, type ProfileTypeCalls } from './profile-types.js';
import { profilesBy, type Profiles } from './profiles.js';
import { proxyBy, type ProxyCalls } from './proxy.js';
import { seedsBy, type SeedCalls } from './seeds.js';
import { serverBy, type ServerCalls } from './server.js';
import { smdsBy, type SmdsCalls } from './sm-ds.js';
import { subscribersBy, type SubscriberCalls } from './subscribers.js';
import { devicesBy, type DeviceCalls } from './virtual-devices.js';
import { verifyBy, type Verify } from './verify.js';
import { webhooksBy, type WebhookCalls } from './webhooks.js';

/** The control API as typed calls. docs/answers.md describes every member of the answers. */
export interface Calls {
  readonly profiles: Profiles;
  readonly profileTypes: ProfileTypeCalls;
  readonly manifests: ManifestCalls;
  readonly pools: PoolCalls;
  /** Profiles with their own IMSI and keys, and files for core networks. */
  readonly subscribers: SubscriberCalls;
  readonly operators: OperatorCalls;
  readonly faults: FaultCalls;
  readonly journal: JournalCalls;
  /** Checks that the expected exchanges took place. @throws VerificationError if they did not */
  readonly verify: Verify;
  /** Events of the SM-DS, if that role is on. */
  readonly smdsEvents: SmdsCalls;
  readonly pki: PkiCalls;
  /** The functions of ES2+, which operators call. */
  readonly orders: OrderCalls;
  readonly server: ServerCalls;
  /** Virtual devices in the server's process. `smdp.device()` makes a device in this process. */
  readonly devices: DeviceCalls;
  /** Apple's MDM protocol, for virtual iPhones and iPads. */
  readonly apple: AppleCalls;
  /** The eSIM commands of the Android Management API, for virtual Android devices. */
  readonly android: AndroidCalls;
  /** Management of the virtual devices (MDM): SyncML, groups, policies. */
  readonly management: ManagementCalls;
  /** Routes to other SM-DP+s, for the whole server. */
  readonly proxy: ProxyCalls;
  /** The URLs to which the server reports events. */
  readonly webhooks: WebhookCalls;
  /** States of the server as files. */
  readonly seeds: SeedCalls;
  /** Makes any call of the control API. The path is relative to `/api/v1`. @throws ControlError */
  readonly call: CallApi;
  /**
   * Returns the server to its seed: profiles, sessions, notifications, operators, profile types, fault rules, webhooks,
   * journal, clock and virtual devices. `keep` lists the parts that stay. Snapshots always stay. On a namespace, removes
   * the profiles, fault rules, journal entries and virtual devices of that namespace only.
   */
  reset(options?: ResetRequest): Promise<void>;
}

export const callsBy = (call: CallApi, open: ControlCalls['open']): Calls => ({
  profiles: profilesBy(call),
  profileTypes: profileTypesBy(call),
  manifests: manifestsBy(call),
  pools: poolsBy(call),
  subscribers: subscribersBy(call),
  operators: operatorsBy(call),
  faults: faultsBy(call),
  journal: journalBy(call, open),
  verify: verifyBy(call),
  smdsEvents: smdsBy(call),
  pki: pkiBy(call),
  orders: ordersBy(call),
  server: serverBy(call),
  devices: devicesBy(call),
  apple: appleBy(call),
  android: androidBy(call),
  management: managementBy(call),
  webhooks: webhooksBy(call),
  proxy: proxyBy(call),
  seeds: seedsBy(call),
  call,
  reset: (options = {}) => call('POST', '/reset', { body: options }),
});
