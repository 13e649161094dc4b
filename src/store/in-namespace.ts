import { noNamespace } from '../base/namespace.js';
import type { ConflictingProfile } from './batches.js';
import type { NewProfile, Profile } from './records.js';
import type { Change, Store } from './store.js';
import { DuplicateError } from './errors.js';

/**
 * The store as one namespace sees it. New profiles belong to the namespace. Profiles of other namespaces are invisible.
 * Profile types, operators, sessions and event records are the same for all namespaces.
 *
 * @param namespace empty: profiles without a namespace
 */
export const inNamespace = (store: Store, namespace: string): Store => {
  const isOwn = (profile: Profile): boolean => profile.namespace === namespace;
  const own = async (found: Promise<Profile | undefined>): Promise<Profile | undefined> => {
    const profile = await found;
    return profile && isOwn(profile) ? profile : undefined;
  };
  const allOwn = async (found: Promise<readonly Profile[]>): Promise<readonly Profile[]> =>
    (await found).filter(isOwn);
  const placed = (profiles: readonly NewProfile[]): readonly NewProfile[] =>
    namespace === noNamespace ? profiles : profiles.map((profile) => ({ ...profile, namespace }));

  const changed = (change: Change): Change => {
    switch (change.kind) {
      case 'createProfiles':
        return { ...change, profiles: placed(change.profiles) };
      case 'saveMdmList':
        return { ...change, list: { ...change.list, namespace } };
      case 'deleteMdmList':
        return { ...change, namespace };
      default:
        return change;
    }
  };

  /**
   * If a profile in another namespace has the MatchingID, returns an error that mentions the other namespace. The caller cannot see that
   * profile.
   */
  const explained = async (error: unknown): Promise<unknown> => {
    if (!(error instanceof DuplicateError) || error.field !== 'matchingId') return error;
    const holder = await store.profileByMatchingId(error.value);
    return holder && !isOwn(holder) ? new DuplicateError(error.field, error.value, true) : error;
  };
  const explaining = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw await explained(error);
    }
  };

  return {
    ...store,
    createProfiles: (profiles, along = []) =>
      explaining(store.createProfiles(placed(profiles), along.map(changed))),
    profile: (id) => own(store.profile(id)),
    profilesByIccid: (iccid) => allOwn(store.profilesByIccid(iccid)),
    profileByMatchingId: (matchingId) => own(store.profileByMatchingId(matchingId)),
    profilesForEid: (eid) => allOwn(store.profilesForEid(eid)),
    profilesByImsi: (imsis) => allOwn(store.profilesByImsi(imsis)),
    availableProfile: (profileType, operator) => store.availableProfile(profileType, operator, namespace),
    listProfiles: (filter, page) => store.listProfiles({ ...filter, namespace }, page),
    countProfiles: () => store.countProfiles(namespace),
    commit: (changes) => explaining(store.commit(changes.map(changed))),

    addToBatch: async (batch, profiles) => {
      const outcomes = await store.addToBatch(batch, placed(profiles));
      if (outcomes.every((outcome) => outcome === undefined)) return outcomes;
      return Promise.all(
        outcomes.map(async (outcome) => outcome && ((await explained(outcome)) as DuplicateError)),
      );
    },
    conflictingProfiles: async (keys) =>
      (await store.conflictingProfiles(keys, namespace)).map((conflicting) =>
        conflicting.map((profile) => (profile.namespace === namespace ? profile : masked(profile))),
      ),

    poolNames: () => store.poolNames(namespace),
    poolSize: (name) => store.poolSize(name, namespace),
    contactCounts: (name) => store.contactCounts(name, namespace),
    mdmList: (pool) => store.mdmList(pool, namespace),
    mdmListOf: (provider) => store.mdmListOf(provider, namespace),

    listCallbacks: (filter, limit) => store.listCallbacks({ ...filter, namespace }, limit),
    countCallbacks: (scope) => store.countCallbacks({ ...scope, namespace }),
    retryCallbacks: (scope) => store.retryCallbacks({ ...scope, namespace }),
  };
};

/** A profile of another namespace, with only its id, namespace and MatchingID. All other members are hidden. */
const masked = ({ id, namespace, matchingId }: ConflictingProfile): ConflictingProfile => ({
  ...{ id, namespace, matchingId },
  iccid: '',
  sharedIccid: false,
  profileType: '',
  state: 'Unavailable',
  eid: null,
  confirmationCodeHash: null,
  label: null,
  pool: null,
  imei: null,
  personal: null,
  installedState: null,
});

/** Sorts profiles with the same ICCID for callers that name no namespace: profiles without a namespace come first. */
export const ofNoNamespaceFirst = (profiles: readonly Profile[]): readonly Profile[] =>
  profiles.toSorted(
    (one, other) => Number(one.namespace !== noNamespace) - Number(other.namespace !== noNamespace),
  );
