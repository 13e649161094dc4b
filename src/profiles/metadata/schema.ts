import Type, { type Static } from 'typebox';

const operations = ['install', 'enable', 'disable', 'delete'] as const;
const hexOctets = (name: string) =>
  Type.Optional(Type.String({ pattern: '^([0-9A-Fa-f]{2}){1,20}$', description: `${name} in hex digits` }));

/** An address to which eUICCs send notifications, and the operations that these notifications report. */
const NotificationConfiguration = Type.Object(
  {
    profileManagementOperation: Type.Array(
      Type.Enum([...operations], { description: operations.join(', ') }),
      {
        minItems: 1,
        uniqueItems: true,
        description: `a list of ${operations.join(', ')}`,
      },
    ),
    notificationAddress: Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'the address of an SM-DP+: 1 to 255 characters',
    }),
  },
  {
    additionalProperties: false,
    description: 'an object with profileManagementOperation and notificationAddress',
  },
);

const ProfileOwner = Type.Object(
  {
    mccMnc: Type.String({
      pattern: '^[0-9]{5,6}$',
      description: 'mobile country and network code: 5 or 6 digits',
    }),
    gid1: hexOctets('group identifier level 1'),
    gid2: hexOctets('group identifier level 2'),
  },
  { additionalProperties: false, description: 'an object with mccMnc, gid1, gid2' },
);

/**
 * Metadata of a profile or a profile type (SGP.22 5.5.3, StoreMetadata), with the names of the specification. Absent members come
 * from the profile type.
 */
export const ProfileMetadata = Type.Object(
  {
    serviceProviderName: Type.Optional(Type.String({ description: 'text of up to 32 characters' })),
    profileName: Type.Optional(Type.String({ description: 'text of up to 64 characters' })),
    profileClass: Type.Optional(
      Type.Enum(['test', 'provisioning', 'operational'], {
        description: 'test, provisioning or operational',
      }),
    ),
    icon: Type.Optional(
      Type.String({
        pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
        description: 'a PNG or JPEG of 64 x 64 pixels and up to 1024 octets, in base64; "" for no icon',
      }),
    ),
    iconType: Type.Optional(
      Type.Enum(['jpg', 'png'], { description: 'jpg or png, for an icon whose type cannot be detected' }),
    ),
    notificationConfigurationInfo: Type.Optional(
      Type.Array(NotificationConfiguration, { description: 'a list of notification addresses' }),
    ),
    profileOwner: Type.Optional(ProfileOwner),
    profilePolicyRules: Type.Optional(
      Type.Array(
        Type.Enum(['pprUpdateControl', 'ppr1', 'ppr2'], { description: 'pprUpdateControl, ppr1 or ppr2' }),
        { uniqueItems: true, description: 'a list of pprUpdateControl, ppr1, ppr2' },
      ),
    ),
    extra: Type.Optional(
      Type.String({
        pattern: '^([0-9A-Fa-f]{2})*$',
        description: 'further TLVs in hex digits, which are appended unchanged',
      }),
    ),
  },
  { additionalProperties: false, description: 'an object with profile metadata' },
);
export type ProfileMetadata = Static<typeof ProfileMetadata>;
