import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { addressProblem } from '../../base/address.js';
import type { ConfiguredAddresses } from '../../device/index.js';
import type { DevicePark } from '../../device/park/index.js';
import { orNull } from '../http/or-null.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { CardProperties } from './card.js';
import { DevicePath, findDevice } from './lookup.js';
import { addressMember } from './members.js';
import { UserChange } from './user.js';
import { DeviceDetails, deviceDetails } from './view.js';

/** The servers that a discovery asks. */
export const addressMembers = {
  defaultSmdpAddress: Type.Optional(orNull(addressMember('address of the default SM-DP+'))),
  rootSmdsAddresses: Type.Optional(
    Type.Array(addressMember('address of an SM-DS'), {
      maxItems: 10,
      description: 'at most 10 addresses of SM-DSs',
    }),
  ),
};

/** @throws Problem 400 for a malformed address */
export function addressesIn({
  defaultSmdpAddress,
  rootSmdsAddresses,
}: Pick<DeviceChange, keyof typeof addressMembers>): Partial<ConfiguredAddresses> {
  if (typeof defaultSmdpAddress === 'string') requireAddress('defaultSmdpAddress', defaultSmdpAddress);
  rootSmdsAddresses?.forEach((address, index) => requireAddress(`rootSmdsAddresses.${index}`, address));
  return {
    ...(defaultSmdpAddress !== undefined && { defaultSmdpAddress: defaultSmdpAddress ?? '' }),
    ...(rootSmdsAddresses && { rootSmdsAddresses }),
  };
}

/** @throws Problem 400 for a malformed address */
export function requireAddress(field: string, address: string): void {
  const problem = addressProblem(address);
  if (problem) throw fieldProblem(field, `'${address}' ${problem.message}`, problem.remedy);
}

/** Body of `PUT /devices/{device}`. Members that are left out stay as they are. */
export const DeviceChange = Type.Object(
  {
    user: Type.Optional(UserChange),
    card: Type.Optional(CardProperties),
    ...addressMembers,
  },
  { additionalProperties: false },
);
export type DeviceChange = Static<typeof DeviceChange>;

/** `PUT /devices/{device}`: changes the user's conduct, the card properties and the configured addresses. */
export function changeDevice(app: FastifyInstance, park: DevicePark): void {
  const schema = {
    tags: ['devices'],
    summary:
      "Change settings of a device: its user's conduct, all its card properties, its default SM-DP+ and SM-DSs",
    params: DevicePath,
    body: DeviceChange,
    response: { 200: DeviceDetails, ...problemResponses },
  };
  app.put<{ Body: DeviceChange }>('/devices/:device', { schema }, async (request) => {
    const parked = findDevice(park, request);
    const { user, card, ...addresses } = request.body;
    parked.change({ user, card, addresses: addressesIn(addresses) });
    return deviceDetails.of(parked);
  });
}
