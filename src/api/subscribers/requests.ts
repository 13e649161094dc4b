import Type, { type Static } from 'typebox';
import { luhnMember, ProfileRequest } from '../../orders/index.js';
import { networks } from '../../profiles/index.js';
import { ProfileQuery } from '../profiles/filter.js';
import { commonMembers, drawingMembers, firstImsi, rangeMembers } from './members.js';

const dryRun = Type.Optional(
  Type.Boolean({ description: 'true: check the request without changing anything' }),
);

/** Members that apply to all profiles of a list, unless a row says otherwise. */
const forAll = Type.Pick(ProfileRequest, ['profileType', 'pool', 'label', 'state', 'reuse']).properties;

/** Query of `POST /subscribers`. */
export const SubscriberImportQuery = Type.Object(
  { ...forAll, ...drawingMembers, luhn: luhnMember('strict'), dryRun },
  { additionalProperties: false },
);
export type SubscriberImportQuery = Static<typeof SubscriberImportQuery>;

/** Body of `POST /subscribers` that asks for new subscribers. */
export const SubscriberRequest = Type.Object(
  {
    count: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'a number of subscribers, from 1 to 10000',
    }),
    ...rangeMembers,
    imsi: firstImsi('; default: 001010000000001'),
    ...drawingMembers,
    dryRun,
    ...forAll,
    ...commonMembers,
  },
  { additionalProperties: false, description: 'an object that describes the subscribers' },
);
export type SubscriberRequest = Static<typeof SubscriberRequest>;

const { state: _state, ...filter } = ProfileQuery;

/** Query of `GET /subscribers`. */
export const SubscriberQuery = Type.Object(
  {
    ...ProfileQuery,
    secrets: Type.Optional(
      Type.Boolean({
        description: 'true: with K and OPc, and with the PINs, PUKs and ADM1 that were given or drawn',
      }),
    ),
  },
  { additionalProperties: false },
);
export type SubscriberQuery = Static<typeof SubscriberQuery>;

/** Body of `POST /subscribers/export`. */
export const SubscriberExportRequest = Type.Object(
  {
    for: Type.Enum([...networks], { description: `one of ${networks.join(', ')}` }),
    apn: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9.-]{1,100}$',
        description: 'access point name (in 5G: DNN); default: internet',
      }),
    ),
    transportKey: Type.Optional(
      Type.String({
        pattern: '^([0-9A-Fa-f]{32}){1,2}$',
        description:
          'for hlr: the key under which K and OPc are encrypted, 32 or 64 hex digits (AES-128 or AES-256, ECB)',
      }),
    ),
    ...filter,
  },
  { additionalProperties: false, description: 'an object that selects the subscribers and the core network' },
);
export type SubscriberExportRequest = Static<typeof SubscriberExportRequest>;
