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

/** A profile and its order as JSON. Missing values are null. */
export const ProfileView = Type.Object(
  {
    id: Type.Integer({ description: 'number of the profile on this server' }),
    namespace: textOrNull('namespace in which the profile was made; null: none'),
    iccid: Type.String({ description: '18 to 20 digits' }),
    profileType: Type.String(),
    state: Type.Enum([...profileStates]),
    eid: textOrNull('EID that the order is linked to'),
    matchingId: textOrNull('"" if the device finds the order by its EID; null if no order is confirmed'),
    activationCode: textOrNull(
      'LPA:1$…; null if no order is confirmed; LPA:1$…$WORKER-3-- for an order in a namespace that devices find by their EID',
    ),
    confirmationCodeRequired: Type.Boolean(),
    confirmationCodeAttemptsLeft: Type.Integer(),
    downloadAttemptsLeft: orNull(Type.Integer({ description: 'null: no limit' })),
    validUntil: textOrNull('time in ISO 8601'),
    smdsAddress: textOrNull('address of the SM-DS'),
    smds: orNull(
      Type.Object(
        {
          state: Type.Enum([...registrationStates]),
          lastError: textOrNull('why the last message to the SM-DS failed'),
        },
        { description: 'registration of the order at the SM-DS; null: not registered' },
      ),
    ),
    reuse: Type.Enum([...reusePolicies]),
    operator: textOrNull('functionRequesterIdentifier of the operator that owns the profile'),
    label: textOrNull('your text for finding the profile'),
    pool: textOrNull('name of its pool'),
    imei: textOrNull('IMEI from the manifest'),
    metadata: orNull(ProfileMetadata),
    errorStatus: textOrNull('status code of SGP.22 that led to the state Error'),
    installedState: textOrNull('enabled, disabled or deleted: the last report of the eUICC'),
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  { description: 'A profile and its order' },
);
export type ProfileView = Static<typeof ProfileView>;

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A profile as the control API shows it, without secrets: only whether it has a confirmation code. */
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
