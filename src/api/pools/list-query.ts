import Type, { type Static } from 'typebox';
import { namingRules } from '../../pools/list/index.js';
import { luhnMember } from '../../orders/index.js';

const flag = (description: string) => Type.Optional(Type.Boolean({ description }));

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description }));

/** Query of `POST /pools` with a list of codes. */
export const ListQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(['intune'], { description: 'intune, the format of the list' })),
    naming: Type.Optional(
      Type.Enum([...namingRules], {
        description:
          'fqdn or file: what the pool is called after, the SM-DP+ address or the file; default: fqdn',
      }),
    ),
    fileName: text('the name of the file, which gives the pool its own with naming=file'),
    luhn: luhnMember('strict'),
    profileType: text('the name of a profile type; default: generic'),
    label: text('text to find the profiles by; default: none'),
    replace: flag('true or false: whether the pool may hold codes that the list lacks, which then stay'),
    withdrawMissing: flag(
      'true or false: whether to withdraw codes that the list lacks, unless they were downloaded',
    ),
    dryRun: flag('true or false: whether to check only, without any change'),
  },
  { additionalProperties: false },
);

export type ListQuery = Static<typeof ListQuery>;
