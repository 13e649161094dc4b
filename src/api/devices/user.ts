import Type, { type Static } from 'typebox';
import { orNull } from '../http/or-null.js';
import { codeMember, consentMember } from './members.js';

const user = {
  consent: consentMember,
  confirmationCode: orNull(
    codeMember(
      'the code that the user types if a server requires a confirmation code; null: the user has no code, but if `consent` is `ask`, the device waits until you supply a code',
    ),
  ),
  patience: Type.Number({
    minimum: 0.1,
    maximum: 86_400,
    description:
      'a number of seconds up to 86400: the device waits this long for an answer, then cancels with the reason timeout',
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
