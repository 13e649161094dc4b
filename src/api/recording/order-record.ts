import Type, { type Static, type TSchema } from 'typebox';
import { profileStates, reusePolicies, type Profile } from '../../store/index.js';
import { orNull } from '../http/or-null.js';
import { count, eid, exactly, hex, secret, time, toHexOrNull, withheld } from './members.js';

const text = (description: string) => Type.String({ description });

const members = {
  id: count('a number', 1),
  version: count('a number', 1),
  iccid: Type.String({ pattern: '^[0-9A-F]{1,20}$', description: 'an ICCID: up to 20 hex digits' }),
  namespace: Type.Optional(text('the namespace of the order; empty: none')),
  sharedIccid: Type.Boolean({ description: 'true or false' }),
  profileType: text('the name of a profile type'),
  state: Type.Enum([...profileStates], { description: `one of ${profileStates.join(', ')}` }),
  operator: orNull(text('functionRequesterIdentifier of its operator')),
  eid: orNull(eid),
  matchingId: orNull(text('a MatchingID')),
  confirmationCodeHash: secret(orNull(hex('hash of the confirmation code'))),
  confirmationCodeAttemptsLeft: count('a number'),
  downloadAttemptsLeft: orNull(count('a number')),
  validUntil: orNull(time('an instant')),
  smdsAddress: orNull(text('the address of an SM-DS')),
  reuse: Type.Enum([...reusePolicies], { description: `one of ${reusePolicies.join(', ')}` }),
  label: orNull(text('a text')),
  pool: orNull(text('a text')),
  imei: orNull(text('a text')),
  metadata: orNull(text('metadata of this profile, as JSON')),
  personal: secret(orNull(text('personal data of this profile, as JSON'))),
  errorStatus: orNull(text('a status code')),
  installedState: orNull(
    Type.Enum(['enabled', 'disabled', 'deleted'], { description: 'one of enabled, disabled, deleted' }),
  ),
  installedSeqNumber: orNull(Type.Integer({ description: 'a number' })),
  boundTransactionId: orNull(hex('a TransactionId')),
  createdAt: time('an instant'),
  updatedAt: time('an instant'),
} satisfies Record<keyof Profile, TSchema>;

/** A profile and its order as stored before the request. */
export const OrderRecord = exactly(members, 'an order as it was stored');
export type OrderRecord = Static<typeof OrderRecord>;

export function orderRecord(profile: Profile, showSecrets: boolean): OrderRecord {
  const { confirmationCodeHash, personal, boundTransactionId } = profile;
  return {
    ...profile,
    confirmationCodeHash: confirmationCodeHash && !showSecrets ? withheld : toHexOrNull(confirmationCodeHash),
    personal: personal !== null && !showSecrets ? withheld : personal,
    boundTransactionId: toHexOrNull(boundTransactionId),
  };
}
