import Type, { type Static } from 'typebox';
import { namingRules } from '../../pools/list/index.js';
import { luhnMember } from '../../orders/index.js';
import { poolDrawingMembers } from '../subscribers/members.js';

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
          'fqdn or file: whether the pool is named after the SM-DP+ address or after the file; default: fqdn',
      }),
    ),
    fileName: text('the name of the file; with naming=file, the pool gets this name'),
    luhn: luhnMember('strict'),
    profileType: text('the name of a profile type; default: generic'),
    label: text('text to find the profiles by; default: none'),
    replace: flag(
      'true or false: whether to import the list even if the pool holds codes that the list lacks; these codes stay',
    ),
    withdrawMissing: flag(
      'true or false: whether to withdraw codes that the list lacks; downloaded codes always stay',
    ),
    ...poolDrawingMembers,
    dryRun: flag('true or false: whether to check the list without changing anything'),
  },
  { additionalProperties: false },
);

export type ListQuery = Static<typeof ListQuery>;
