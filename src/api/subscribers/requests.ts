import Type, { type Static } from 'typebox';
import { luhnMember, ProfileRequest } from '../../orders/index.js';
import { networks, Subscriber } from '../../profiles/index.js';
import { ProfileQuery } from '../profiles/filter.js';

const seed = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 255,
    description:
      'a text from which the server computes keys; anyone who knows the text can compute the keys, so it is not for production',
  }),
);
const codes = Type.Optional(
  Type.Enum(['type', 'drawn'], {
    description:
      'PINs and PUKs: type (those of the profile type) or drawn (each profile has its own); default: type',
  }),
);
const dryRun = Type.Optional(
  Type.Boolean({ description: 'true: check the request without changing anything' }),
);

/** Members that apply to all profiles of a list, unless a row says otherwise. */
const forAll = Type.Pick(ProfileRequest, ['profileType', 'pool', 'label', 'state', 'reuse']).properties;

/** Query of `POST /subscribers`. */
export const SubscriberImportQuery = Type.Object(
  { ...forAll, seed, codes, luhn: luhnMember('strict'), dryRun },
  { additionalProperties: false },
);
export type SubscriberImportQuery = Static<typeof SubscriberImportQuery>;

const { imsi: _, msisdn: _msisdn, ...template } = Subscriber.properties;

/** Body of `POST /subscribers` that asks for new subscribers. */
export const SubscriberRequest = Type.Object(
  {
    count: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      description: 'a number of subscribers, from 1 to 10000',
    }),
    imsi: Type.Optional(
      Type.String({
        pattern: '^[0-9]{15}$',
        description: 'the first IMSI: 15 digits; default: 001010000000001',
      }),
    ),
    msisdn: Type.Optional(
      Type.String({ pattern: '^[+]?[0-9]{1,15}$', description: 'the first telephone number' }),
    ),
    iccid: Type.Optional(
      Type.String({
        pattern: '^[0-9]{18,20}$',
        description: 'the first ICCID; default: the next free ICCIDs',
      }),
    ),
    seed,
    codes,
    dryRun,
    ...forAll,
    ...template,
  },
  { additionalProperties: false, description: 'an object that describes the subscribers' },
);
export type SubscriberRequest = Static<typeof SubscriberRequest>;

const { state: _state, ...filter } = ProfileQuery;

/** Query of `GET /subscribers`. */
export const SubscriberQuery = Type.Object(
  {
    ...ProfileQuery,
    secrets: Type.Optional(Type.Boolean({ description: 'true: with K and OPc' })),
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
