import { noNamespace } from '../base/namespace.js';
import {
  fromHex,
  fromHexOrNull,
  withheld,
  type BindingRecord,
  type OrderRecord,
} from '../api/recording/index.js';
import { checkMetadata } from '../profiles/index.js';
import type { Binding, Profile } from '../store/index.js';
import { wrongAt } from './errors.js';

/** Stands for the hash of a confirmation code if the file lacks the hash. No code matches it. */
const unknownHash = Buffer.alloc(32);

/** Stands for a private one-time key if the file lacks it. */
const unknownKey = Buffer.alloc(32, 1);

/** The profile of a record. It has the id that it had on the recorded server. */
export function profileOf(record: OrderRecord): Profile {
  const { confirmationCodeHash, personal, boundTransactionId, ...rest } = record;
  return {
    ...rest,
    namespace: rest.namespace ?? noNamespace,
    confirmationCodeHash:
      confirmationCodeHash === withheld ? unknownHash : fromHexOrNull(confirmationCodeHash),
    // If the file lacks the personal data, the personal data of the profile type are used. Both have the same length.
    personal: personal === withheld ? null : personal,
    boundTransactionId: fromHexOrNull(boundTransactionId),
  };
}

export const bindingOf = (
  { eid, euiccOtpk, smdpOtsk, installedAt }: BindingRecord,
  profileId: number,
): Binding => ({
  profileId,
  eid,
  euiccOtpk: fromHex(euiccOtpk),
  smdpOtsk: smdpOtsk === withheld ? unknownKey : fromHexOrNull(smdpOtsk),
  installedAt,
});

/**
 * @param place the record's place in the file
 * @throws ReplayFileError if the metadata or the personal data are invalid
 */
export function checkOrder({ metadata, personal }: OrderRecord, place: string): void {
  const read = (member: string, json: string | null, check: (value: object) => unknown): void => {
    try {
      if (json !== null && json !== withheld) check(JSON.parse(json) as object);
    } catch (error) {
      throw wrongAt(`${place}.${member}`, error);
    }
  };
  read('metadata', metadata, (value) => checkMetadata(value));
  read('personal', personal, Object.keys);
}
