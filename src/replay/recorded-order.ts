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

/** Replaces the hash of a confirmation code that is not in the file. No code matches it. */
const unknownHash = Buffer.alloc(32);

/** Replaces a private one-time key that is not in the file. */
const unknownKey = Buffer.alloc(32, 1);

/** The profile of a record, with its original id. */
export function profileOf(record: OrderRecord): Profile {
  const { confirmationCodeHash, personal, boundTransactionId, ...rest } = record;
  return {
    ...rest,
    namespace: rest.namespace ?? noNamespace,
    confirmationCodeHash:
      confirmationCodeHash === withheld ? unknownHash : fromHexOrNull(confirmationCodeHash),
    // Their length is fixed, so the replay can use those of the profile type.
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

/** @param place of the record in the file. @throws ReplayFileError for invalid metadata or personal data */
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
