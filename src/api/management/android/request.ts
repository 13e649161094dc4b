import Type, { type Static } from 'typebox';
import { wipeDataFlags, type AndroidCommand } from '../../../device/management/android/index.js';
import { canonicalIccid } from '../../../wire/rsp/index.js';
import { fieldProblem } from '../../http/problem.js';

const types = ['ADD_ESIM', 'REMOVE_ESIM', 'REQUEST_DEVICE_INFO', 'WIPE'] as const;
const closed = { additionalProperties: false };

/** Body of `POST /devices/{device}/android`: a Command of the Android Management API. */
export const AndroidCommandRequest = Type.Object(
  {
    type: Type.Enum([...types], { description: `one of ${types.join(', ')}` }),
    addEsimParams: Type.Optional(
      Type.Object(
        {
          activationCode: Type.String({
            minLength: 1,
            maxLength: 4096,
            description: 'an activation code of 1 to 4,096 characters, such as LPA:1$…',
          }),
          activationState: Type.Enum(['ACTIVATED', 'NOT_ACTIVATED'], {
            description:
              'ACTIVATED: the device enables the eSIM; NOT_ACTIVATED: the device only downloads the eSIM',
          }),
        },
        { ...closed, description: 'an object with the parameters of ADD_ESIM' },
      ),
    ),
    removeEsimParams: Type.Optional(
      Type.Object(
        { iccId: Type.String({ maxLength: 20 }) },
        { ...closed, description: 'an object with the parameters of REMOVE_ESIM' },
      ),
    ),
    requestDeviceInfoParams: Type.Optional(
      Type.Object(
        { deviceInfo: Type.Enum(['EID']) },
        { ...closed, description: 'an object with the parameters of REQUEST_DEVICE_INFO' },
      ),
    ),
    wipeParams: Type.Optional(
      Type.Object(
        {
          wipeDataFlags: Type.Optional(
            Type.Array(Type.Enum([...wipeDataFlags]), {
              maxItems: 3,
              description: 'a list of flags; with WIPE_ESIMS, the device also deletes its eSIMs',
            }),
          ),
        },
        { ...closed, description: 'an object with the parameters of WIPE' },
      ),
    ),
  },
  closed,
);
export type AndroidCommandRequest = Static<typeof AndroidCommandRequest>;

/** The command of a request. @throws Problem 400 if the parameters do not fit the type */
export function commandOf(request: AndroidCommandRequest): AndroidCommand {
  const { type, addEsimParams, removeEsimParams, requestDeviceInfoParams, wipeParams } = request;
  const own = paramsOf[type];
  for (const name of Object.values(paramsOf))
    if (name !== own && request[name] !== undefined)
      throw fieldProblem(
        name,
        `is not allowed with the type ${type}`,
        `remove it; the type ${type} takes ${own}`,
      );
  switch (type) {
    case 'ADD_ESIM':
      return { type, addEsimParams: required(own, addEsimParams) };
    case 'REMOVE_ESIM': {
      const { iccId } = required(own, removeEsimParams);
      return { type, removeEsimParams: { iccId: canonicalIccid(iccId) } };
    }
    case 'REQUEST_DEVICE_INFO':
      return { type, requestDeviceInfoParams: required(own, requestDeviceInfoParams) };
    case 'WIPE':
      return { type, wipeParams: { wipeDataFlags: wipeParams?.wipeDataFlags ?? [] } };
  }
}

const paramsOf = {
  ADD_ESIM: 'addEsimParams',
  REMOVE_ESIM: 'removeEsimParams',
  REQUEST_DEVICE_INFO: 'requestDeviceInfoParams',
  WIPE: 'wipeParams',
} as const;

function required<Params>(name: string, params: Params | undefined): Params {
  if (params !== undefined) return params;
  throw fieldProblem(name, 'is missing', 'add it; this type of command requires it');
}
