import Type, { type Static, type TOptional, type TSchema } from 'typebox';
import { cardFields, CardProperties as Properties } from '../../device/card/index.js';

type Members = Omit<(typeof Properties)['properties'], 'eid'>;

/** The card properties except the EID, described by what they allow. */
const members = Object.fromEntries(
  Object.entries(cardFields)
    .filter(([name]) => name !== 'eid')
    .map(([name, { title, allowed, ...schema }]) => [
      name,
      { ...schema, '~optional': true, description: `${allowed}: ${title}` } as TOptional<TSchema>,
    ]),
) as unknown as Members;

/** Properties of a device's eUICC and LPA, failures on purpose among them. */
export const CardProperties = Type.Object(members, {
  additionalProperties: false,
  description: 'properties of the eUICC and the LPA, and failures on purpose; those left out are as usual',
});
export type CardProperties = Static<typeof CardProperties>;
