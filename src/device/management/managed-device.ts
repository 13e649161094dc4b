import { decode, hasBit } from '../../wire/asn1/index.js';
import { EuiccInfo2, PprId } from '../../wire/rsp/index.js';
import type { VirtualDevice } from '../virtual-device.js';

/** A profile policy rule that a management system can query. PPR1 forbids disabling, PPR2 forbids deleting. */
export type PolicyRule = 'ppr1' | 'ppr2';

/** The part of a device that device management uses. {@link managedDevice} makes a managed device from a virtual device. */
export interface ManagedDevice extends Pick<
  VirtualDevice,
  | 'eid'
  | 'download'
  | 'discover'
  | 'enable'
  | 'disable'
  | 'delete'
  | 'reset'
  | 'profiles'
  | 'sendNotifications'
> {
  /** Policy rules that the eUICC refuses, whichever operator sets them. */
  forbiddenPolicyRules(): readonly PolicyRule[];
}

/** Puts a virtual device under management. */
export const managedDevice = (device: VirtualDevice): ManagedDevice => ({
  eid: device.eid,
  download: (options) => device.download(options),
  discover: (options) => device.discover(options),
  enable: (iccid) => device.enable(iccid),
  disable: (iccid) => device.disable(iccid),
  delete: (iccid) => device.delete(iccid),
  reset: (options) => device.reset(options),
  profiles: () => device.profiles(),
  sendNotifications: () => device.sendNotifications(),
  forbiddenPolicyRules: () => forbiddenIn(device.euicc.getEuiccInfo2()),
});

function forbiddenIn(euiccInfo2: Buffer): PolicyRule[] {
  const { forbiddenProfilePolicyRules: rules } = decode(EuiccInfo2, euiccInfo2);
  return (['ppr1', 'ppr2'] as const).filter((rule) => rules !== undefined && hasBit(rules, PprId[rule]));
}
