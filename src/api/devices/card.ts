import Type, { type Static, type TOptional, type TSchema } from 'typebox';
import type { CardProperties as Properties } from '../../device/card/index.js';
import { cardFields } from '../../device/card/index.js';

type Members = Omit<(typeof Properties)['properties'], 'eid'>;

/** The schemas of the card properties except the EID. Each description lists the allowed values. */
const members = Object.fromEntries(
  Object.entries(cardFields)
    .filter(([name]) => name !== 'eid')
    .map(([name, { title, allowed, ...schema }]) => [
      name,
      { ...schema, '~optional': true, description: `${allowed}: ${title}` } as TOptional<TSchema>,
    ]),
) as unknown as Members;

/** Properties of a device's eUICC and LPA, including deliberate failures. */
export const CardProperties = Type.Object(members, {
  additionalProperties: false,
  description:
    'properties of the eUICC and the LPA, and deliberate failures; absent properties have their defaults',
});
export type CardProperties = Static<typeof CardProperties>;
