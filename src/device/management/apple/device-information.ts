import { createHash } from 'node:crypto';
import type { ProfileInfo } from '../../euicc/index.js';
import type { ParkedDevice } from '../../park/index.js';
import { CommandFormatError, type MdmCommand } from './command.js';
import { dictOf, type PlistDict, type PlistValue } from './plist/index.js';
import { isFrom, type AppleSettings } from './settings.js';

/** The identifier of the device for its MDM server. The EID determines the identifier, so it stays the same. */
export const udidOf = (eid: string): string =>
  `00008110-${createHash('sha256').update(eid).digest('hex').slice(0, 16).toUpperCase()}`;

/**
 * The answer to DeviceInformation: a value for each query that the device knows.
 *
 * @throws CommandFormatError unless `Queries` is a list of strings
 */
export function queryResponses(
  command: MdmCommand,
  parked: ParkedDevice,
  settings: AppleSettings,
): PlistDict {
  const queries = command.parameters.get('Queries');
  if (!Array.isArray(queries) || !queries.every((query) => typeof query === 'string'))
    throw new CommandFormatError("'Command.Queries' is missing, or is not a list of strings", command.uuid);
  return dictOf(
    Object.fromEntries(
      queries.map((query) => [
        query,
        Object.hasOwn(known, query) ? known[query]!(parked, settings) : undefined,
      ]),
    ),
  );
}

type Query = (parked: ParkedDevice, settings: AppleSettings) => PlistValue | undefined;

const known: Readonly<Record<string, Query>> = {
  UDID: ({ eid }) => udidOf(eid),
  DeviceName: ({ name }) => name,
  OSVersion: (_, { osVersion }) => osVersion,
  ModelName: () => 'iPhone',
  ProductName: () => 'iPhone14,5',
  SerialNumber: ({ eid }) => udidOf(eid).slice(-10),
  CellularTechnology: (_, { cellular }) => (cellular === 'unsupported' ? 0 : 1),
  ServiceSubscriptions: (parked, settings) =>
    isFrom(settings.osVersion, '12.0') && settings.cellular !== 'unsupported'
      ? subscriptions(parked, settings)
      : undefined,
};

const slots = ['CTSubscriptionSlotOne', 'CTSubscriptionSlotTwo'] as const;

/**
 * One subscription for each enabled profile. Without an enabled profile, there is one entry for the empty slot. This
 * entry gives the MDM server the EID before the device has a plan.
 */
function subscriptions({ device, eid }: ParkedDevice, { osVersion }: AppleSettings): PlistDict[] {
  const shown = isFrom(osVersion, '14.0') ? { EID: eid } : {};
  const enabled = device.profiles().filter(({ state }) => state === 'enabled');
  if (enabled.length === 0)
    return [dictOf({ ...shown, IsDataPreferred: false, IsVoicePreferred: false, Slot: slots[0] })];
  return enabled.map((profile, at) => subscription(profile, shown, slots[Math.min(at, 1)]!));
}

const subscription = (
  { iccid, profileName, nickname, serviceProviderName }: ProfileInfo,
  shown: Readonly<Record<string, string>>,
  slot: string,
): PlistDict =>
  dictOf({
    ...shown,
    ICCID: iccid,
    IsDataPreferred: true,
    IsRoaming: false,
    IsVoicePreferred: true,
    Label: nickname ?? profileName,
    LabelID: labelId(iccid),
    Slot: slot,
    SubscriberCarrierNetwork: serviceProviderName,
  });

/** A UUID for the label of a plan. The ICCID determines the UUID, so it never changes. */
function labelId(iccid: string): string {
  const digits = createHash('sha256').update(iccid).digest('hex').toUpperCase();
  return [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`]
    .concat(digits.slice(20, 32))
    .join('-');
}
