import Type, { type Static } from 'typebox';
import { orNull } from '../http/or-null.js';
import { codeMember, consentMember } from './members.js';

const user = {
  consent: consentMember,
  confirmationCode: orNull(
    codeMember(
      'entered when a server requires a code; null: asked for if consent is ask, otherwise left out',
    ),
  ),
  patience: Type.Number({
    minimum: 0.1,
    maximum: 86_400,
    description:
      'a number of seconds, at most 86400, that the device waits for an answer before it cancels with timeout',
  }),
};

/** How the user of a device behaves. */
export const UserView = Type.Object(user, { description: 'how the user of the device behaves' });
export type UserView = Static<typeof UserView>;

/** Changes how the user behaves. */
export const UserChange = Type.Partial(Type.Object(user), {
  additionalProperties: false,
  description:
    'how the user of the device behaves; default: {"consent": "yes", "confirmationCode": null, "patience": 300}',
});
export type UserChange = Static<typeof UserChange>;
