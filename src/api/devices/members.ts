import Type from 'typebox';
import { consents } from '../../device/park/index.js';

/** 32 digits. */
export const eidMember = Type.String({ pattern: '^[0-9]{32}$', description: 'an EID: 32 digits' });

/** An address of a server, as devices use it. */
export const addressMember = (description: string) =>
  Type.String({ minLength: 1, maxLength: 259, description: `${description}: host or host:port` });

/** How the user answers when the device asks for consent. */
export const consentMember = Type.Enum([...consents], {
  description:
    'the answer of the user: yes, no (cancels with endUserRejection) or notNow (cancels with postponed); ask: the device waits for POST …/consent',
});

/** A confirmation code, as the user enters it. */
export const codeMember = (description: string) => Type.String({ maxLength: 255, description });
