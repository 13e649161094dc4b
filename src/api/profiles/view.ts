import Type, { type Static } from 'typebox';
import { orNull, textOrNull } from '../http/or-null.js';
import { activationCodeOf, registrationName } from '../../orders/index.js';
import { ProfileMetadata } from '../../profiles/index.js';
import {
  profileStates,
  registrationStates,
  reusePolicies,
  type Profile,
  type Registration,
  type Store,
} from '../../store/index.js';

/** A profile and its order as JSON. Members that it has none of are null. */
export const ProfileView = Type.Object(
  {
    id: Type.Integer({ description: 'number of the profile on this server' }),
    namespace: textOrNull('the namespace that it was made in; null: none'),
    iccid: Type.String({ description: '18 to 20 digits' }),
    profileType: Type.String(),
    state: Type.Enum([...profileStates]),
    eid: textOrNull('the eUICC that the order is linked to'),
    matchingId: textOrNull('"" where the order is found by its EID; null where none is confirmed'),
    activationCode: textOrNull(
      'LPA:1$…, null where no order is confirmed; LPA:1$…$WORKER-3-- for an order in a namespace that is found by its EID',
    ),
    confirmationCodeRequired: Type.Boolean(),
    confirmationCodeAttemptsLeft: Type.Integer(),
    downloadAttemptsLeft: orNull(Type.Integer({ description: 'null: no limit' })),
    validUntil: textOrNull('instant as in ISO 8601'),
    smdsAddress: textOrNull('address of the SM-DS'),
    smds: orNull(
      Type.Object(
        {
          state: Type.Enum([...registrationStates]),
          lastError: textOrNull('what came of the last attempt to tell it, unless that was good'),
        },
        { description: 'what the SM-DS knows of the order; null: nothing' },
      ),
    ),
    reuse: Type.Enum([...reusePolicies]),
    operator: textOrNull('functionRequesterIdentifier of the operator that owns it'),
    label: textOrNull('text to find it by'),
    pool: textOrNull('name of the pool that it is in'),
    imei: textOrNull('the device that it was ordered for, as a manifest says'),
    metadata: orNull(ProfileMetadata),
    errorStatus: textOrNull('status code of SGP.22 that put it into the state Error'),
    installedState: textOrNull('enabled, disabled or deleted: what the eUICC last said'),
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  { description: 'A profile and its order' },
);
export type ProfileView = Static<typeof ProfileView>;

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** What the control API shows of a profile. Secrets are none of it: the confirmation code only shows that it exists. */
export async function profileView(
  store: Pick<Store, 'registration'>,
  profile: Profile,
  address: string,
): Promise<ProfileView> {
  const event = registrationName(profile);
  return viewOf(profile, address, event && (await store.registration(event)));
}

function viewOf(profile: Profile, address: string, registration: Registration | undefined): ProfileView {
  return {
    id: profile.id,
    namespace: profile.namespace || null,
    iccid: profile.iccid,
    profileType: profile.profileType,
    state: profile.state,
    eid: profile.eid,
    matchingId: profile.matchingId,
    activationCode: activationCodeOf(profile, address) ?? null,
    confirmationCodeRequired: profile.confirmationCodeHash !== null,
    confirmationCodeAttemptsLeft: profile.confirmationCodeAttemptsLeft,
    downloadAttemptsLeft: profile.downloadAttemptsLeft,
    validUntil: profile.validUntil === null ? null : isoTime(profile.validUntil),
    smdsAddress: profile.smdsAddress,
    smds: registration ? { state: registration.state, lastError: registration.lastError } : null,
    reuse: profile.reuse,
    operator: profile.operator,
    label: profile.label,
    pool: profile.pool,
    imei: profile.imei,
    metadata: profile.metadata === null ? null : (JSON.parse(profile.metadata) as ProfileMetadata),
    errorStatus: profile.errorStatus,
    installedState: profile.installedState,
    createdAt: isoTime(profile.createdAt),
    updatedAt: isoTime(profile.updatedAt),
  };
}
