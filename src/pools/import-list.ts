import { noNamespace } from '../base/namespace.js';
import { DEFAULT_PROFILE_TYPE } from '../profiles/index.js';
import { DuplicateError, type Change, type NewProfile } from '../store/index.js';
import { aboutType, typeFor, type PreparationContext } from '../orders/prepare.js';
import type { PreparedType } from '../orders/prepared-type.js';
import { ProfileRequestError, type Remark } from '../orders/profile-request.js';
import { removal } from '../orders/remove.js';
import { requirePlaces } from './listed-subscribers.js';
import { planImport, type CodeListImport, type ImportedList, type ImportPlan } from './import-plan.js';
import { takenElsewhere, takenMeanwhile } from './match-codes.js';

const maxRounds = 20;

/**
 * Imports a list of codes, either completely or not at all. Creates a pool for the list, or replaces the list of an existing pool. Existing
 * codes do not change. So a list can be imported again after it has grown, and the installed profiles stay.
 *
 * @throws PoolConflictError if the provider has a list under another name, or if the new list lacks codes of the old one
 * @throws CodesTakenError if an ICCID or a MatchingID belongs to another profile
 * @throws CodeListError if the profile type has no place for the data of a subscriber
 * @throws ProfileRequestError if all profiles of the type have the same ICCID
 */
export async function importCodeList(
  context: PreparationContext,
  list: CodeListImport,
): Promise<ImportedList & { readonly warnings: readonly Remark[] }> {
  const type = await typeForCodes(context, list.profileType ?? DEFAULT_PROFILE_TYPE);
  const { store, clock } = context;
  let taken: DuplicateError | undefined;
  for (let round = 0; round < maxRounds; round++) {
    const now = clock.now().getTime();
    const plan = await planImport(store, list);
    await requirePlaces(type, plan.fresh);
    const changes = changesOf(plan, list, type, now);
    try {
      if (list.dryRun || changes.length === 0 || (await store.commit(changes)))
        return { ...plan.outcome, warnings: type.remarks.map(aboutType(type)) };
    } catch (error) {
      if (!(error instanceof DuplicateError)) throw error;
      if (error.isElsewhere) throw takenElsewhere(list.codes, error.value);
      // The plan takes all visible profiles into account. So this value belongs to a profile of an import that is still running.
      if (taken?.value === error.value) throw takenMeanwhile(list.codes, error.field, error.value);
      taken = error;
    }
  }
  throw new Error(
    `gave up after ${maxRounds} attempts to import a list into a pool that other requests keep changing`,
  );
}

async function typeForCodes({ profileTypes }: PreparationContext, name: string): Promise<PreparedType> {
  const type = await typeFor(profileTypes, name);
  const { fixedIccid } = type.compiled;
  if (fixedIccid === undefined) return type;
  throw new ProfileRequestError([
    {
      field: 'profileType',
      message: `packages of type '${name}' are sent unchanged, with the ICCID ${fixedIccid}, but each code of a list has its own ICCID`,
      remedy: 'upload the package with personalise=iccid under another name',
    },
  ]);
}

function changesOf(plan: ImportPlan, list: CodeListImport, type: PreparedType, now: number): Change[] {
  const { fresh, adopted, withdrawn, own } = plan;
  if (own && fresh.length + adopted.length + withdrawn.length === 0) return [];
  const { pool, provider, label = null } = list;
  const profiles: NewProfile[] = fresh.map(({ iccid, matchingId, subscriber }) => ({
    iccid,
    matchingId,
    pool,
    label,
    profileType: type.name,
    state: 'Released',
    createdAt: now,
    ...(subscriber !== undefined && { personal: JSON.stringify(subscriber) }),
    ...(subscriber?.imsi !== undefined && { imsiClaim: { imsi: subscriber.imsi } }),
  }));
  return [
    {
      kind: 'saveMdmList',
      list: {
        pool,
        namespace: noNamespace,
        version: (own?.version ?? 0) + 1,
        provider,
        createdAt: now,
        updatedAt: now,
      },
    },
    ...withdrawn.flatMap(removal),
    ...adopted.map(({ id, version }) => ({ kind: 'updateProfile' as const, id, version, set: { pool } })),
    { kind: 'createProfiles', profiles },
  ];
}
