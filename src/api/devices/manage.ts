import type { FastifyInstance } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import {
  changeProfile,
  reset,
  sendNotifications,
  setNickname,
  type DevicePark,
  type Operation,
  type ParkedDevice,
} from '../../device/park/index.js';
import { canonicalIccid } from '../../wire/rsp/index.js';
import type { ManagementSystems } from '../../device/management/index.js';
import { fieldProblem } from '../http/problem.js';
import { DevicePath, findDevice } from './lookup.js';
import { answerWith, operationResponses, WaitQuery } from './wait.js';

const ProfileOnDevice = Type.Object({
  ...DevicePath.properties,
  iccid: Type.String({
    pattern: '^[0-9A-Fa-f]{1,20}$',
    description: 'the ICCID of a profile on the device: up to 20 digits',
  }),
});
type ProfileOnDevice = Static<typeof ProfileOnDevice>;

const sends = {
  sendNotifications: Type.Optional(
    Type.Boolean({ description: 'false: leave the notifications on the eUICC; default: send them' }),
  ),
};

/** Body of `POST /devices/{device}/profiles/{iccid}/enable`, `/disable` and `/delete`. */
export const ProfileChangeRequest = Type.Object(sends, { additionalProperties: false });
export type ProfileChangeRequest = Static<typeof ProfileChangeRequest>;

/** Body of `POST /devices/{device}/profiles/{iccid}/nickname` (SGP.22 5.7.21). */
export const NicknameRequest = Type.Object(
  { nickname: Type.String({ maxLength: 64, description: 'at most 64 characters; empty: none' }) },
  { additionalProperties: false },
);
export type NicknameRequest = Static<typeof NicknameRequest>;

const part = (description: string) =>
  Type.Optional(Type.Boolean({ description: `whether the reset removes ${description}; default: true` }));

/** Body of `POST /devices/{device}/reset` (SGP.22 5.7.19). */
export const MemoryResetRequest = Type.Object(
  {
    operationalProfiles: part('operational and provisioning profiles'),
    testProfiles: part('downloaded test profiles'),
    defaultSmdpAddress: part('the address of the default SM-DP+'),
    ...sends,
  },
  { additionalProperties: false },
);
export type MemoryResetRequest = Static<typeof MemoryResetRequest>;

const Nothing = Type.Object({}, { additionalProperties: false });

/** @throws Problem 409 if a policy has switched off the eSIM settings of a Windows PC, so that its user cannot change profiles */
function requireLocalUi(device: ParkedDevice, systems: ManagementSystems | undefined, change: string): void {
  if (systems?.pc(device)?.state.localUiEnabled !== false) return;
  throw fieldProblem(
    'device',
    `the user of '${device.name}' cannot ${change} profiles: device management has switched off the eSIM settings of the device (LocalUIEnabled is false)`,
    'let the management system change the profiles, or set displayLocalUi to true in its policy (the node Policies/LocalUIEnabled)',
    409,
  );
}

interface ManageCalls {
  readonly park: DevicePark;
  /** Absent: devices are not under management. */
  readonly systems: ManagementSystems | undefined;
  readonly closing: AbortSignal;
}

/** `POST /devices/{device}/profiles/{iccid}/enable`, `/disable`, `/delete`, `/nickname`, `/notifications`, `/reset`. */
export function manageDevices(app: FastifyInstance, { park, systems, closing }: ManageCalls): void {
  const action = <const Params extends TSchema, const Body extends TSchema>(
    path: string,
    summary: string,
    { params, body }: { readonly params: Params; readonly body: Body },
    start: (device: ParkedDevice, body: Static<Body>, params: Static<Params>) => Operation,
  ): void => {
    const schema = {
      tags: ['devices'],
      ...{ summary, params, querystring: WaitQuery, body, response: operationResponses },
    };
    app.post<{ Querystring: WaitQuery }>(`/devices/:device${path}`, { schema }, async (request, reply) => {
      const parked = findDevice(park, request);
      const operation = start(parked, request.body as Static<Body>, request.params as Static<Params>);
      return answerWith(reply, parked, operation, request.query, closing);
    });
  };

  for (const change of ['enable', 'disable', 'delete'] as const) {
    action(
      `/profiles/:iccid/${change}`,
      `Let the user of a device ${change} a profile, and send the notification`,
      { params: ProfileOnDevice, body: ProfileChangeRequest },
      (device, { sendNotifications: sending }, { iccid }) => {
        requireLocalUi(device, systems, change);
        return changeProfile(device, change, canonicalIccid(iccid), sending);
      },
    );
  }
  action(
    '/profiles/:iccid/nickname',
    'Let the user of a device name a profile; an empty nickname removes the present one',
    { params: ProfileOnDevice, body: NicknameRequest },
    (device, { nickname }, { iccid }) => setNickname(device, canonicalIccid(iccid), nickname),
  );
  action(
    '/notifications',
    'Let a device send its waiting notifications',
    { params: DevicePath, body: Nothing },
    (device) => sendNotifications(device),
  );
  action(
    '/reset',
    'Reset the eUICC of a device: delete all its profiles, even enabled ones, and the address of its default SM-DP+',
    { params: DevicePath, body: MemoryResetRequest },
    (device, { sendNotifications: sending, ...parts }) => reset(device, parts, sending),
  );
}
