import Type, { type Static } from 'typebox';
import { viewFrom } from '../http/view.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { isoTime, timeOrNull } from '../iso-time.js';
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

/** A profile to show. */
export interface ShownProfile {
  readonly profile: Profile;
  /** The SM-DP+ address. */
  readonly address: string;
  /** The registration of the order at the SM-DS. */
  readonly registration: Registration | undefined;
}

/**
 * A profile as the control API shows it. Secrets are left out: the view says only whether the profile has a
 * confirmation code.
 */
export const profileView = viewFrom<ShownProfile>()(
  (member) => ({
    id: member(
      Type.Integer({ description: 'number of the profile on this server' }),
      ({ profile }) => profile.id,
    ),
    namespace: member(
      textOrNull('namespace in which the profile was made; null: none'),
      ({ profile }) => profile.namespace || null,
    ),
    iccid: member(Type.String({ description: '18 to 20 digits' }), ({ profile }) => profile.iccid),
    profileType: member(Type.String(), ({ profile }) => profile.profileType),
    state: member(Type.Enum([...profileStates]), ({ profile }) => profile.state),
    eid: member(textOrNull('EID that the order is linked to'), ({ profile }) => profile.eid),
    matchingId: member(
      textOrNull('"" if the device finds the order by its EID; null if the profile has no confirmed order'),
      ({ profile }) => profile.matchingId,
    ),
    activationCode: member(
      textOrNull(
        'LPA:1$…; null if the profile has no confirmed order. If the device finds the order by its EID in the namespace worker-3: LPA:1$…$WORKER-3--',
      ),
      ({ profile, address }) => activationCodeOf(profile, address) ?? null,
    ),
    confirmationCodeRequired: member(Type.Boolean(), ({ profile }) => profile.confirmationCodeHash !== null),
    confirmationCodeAttemptsLeft: member(
      Type.Integer(),
      ({ profile }) => profile.confirmationCodeAttemptsLeft,
    ),
    downloadAttemptsLeft: member(
      orNull(Type.Integer({ description: 'null: no limit' })),
      ({ profile }) => profile.downloadAttemptsLeft,
    ),
    validUntil: member(textOrNull('time in ISO 8601'), ({ profile }) => timeOrNull(profile.validUntil)),
    smdsAddress: member(textOrNull('address of the SM-DS'), ({ profile }) => profile.smdsAddress),
    smds: member(
      orNull(
        Type.Object(
          {
            state: Type.Enum([...registrationStates]),
            lastError: textOrNull('why the last message to the SM-DS failed'),
          },
          { description: 'registration of the order at the SM-DS; null: not registered' },
        ),
      ),
      ({ registration }) =>
        registration ? { state: registration.state, lastError: registration.lastError } : null,
    ),
    reuse: member(Type.Enum([...reusePolicies]), ({ profile }) => profile.reuse),
    operator: member(
      textOrNull('functionRequesterIdentifier of the operator that owns the profile'),
      ({ profile }) => profile.operator,
    ),
    label: member(textOrNull('text by which you find the profile'), ({ profile }) => profile.label),
    pool: member(textOrNull('name of the pool that contains the profile'), ({ profile }) => profile.pool),
    imei: member(textOrNull('IMEI from the manifest'), ({ profile }) => profile.imei),
    metadata: member(orNull(ProfileMetadata), ({ profile }) =>
      profile.metadata === null ? null : (JSON.parse(profile.metadata) as ProfileMetadata),
    ),
    errorStatus: member(
      textOrNull('status code of SGP.22 that led to the state Error'),
      ({ profile }) => profile.errorStatus,
    ),
    installedState: member(
      textOrNull('enabled, disabled or deleted: the last report of the eUICC'),
      ({ profile }) => profile.installedState,
    ),
    createdAt: member(Type.String(), ({ profile }) => isoTime(profile.createdAt)),
    updatedAt: member(Type.String(), ({ profile }) => isoTime(profile.updatedAt)),
  }),
  { description: 'A profile and its order' },
);

/** A profile and its order as JSON. Missing values are null. */
export const ProfileView = profileView.schema;
export type ProfileView = Static<typeof ProfileView>;

/** A profile together with the registration of its order at the SM-DS. */
export async function shownProfile(
  store: Pick<Store, 'registration'>,
  profile: Profile,
  address: string,
): Promise<ShownProfile> {
  const event = registrationName(profile);
  return { profile, address, registration: event && (await store.registration(event)) };
}
