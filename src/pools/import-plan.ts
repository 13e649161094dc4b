import type { ListedCode } from './list/index.js';
import type { MdmList, Profile, Store } from '../store/index.js';
import { PoolConflictError } from './errors.js';
import { isWithdrawable, membersOf } from './members.js';
import { placeCodes, type Placement } from './place-codes.js';

/** A list of codes that MDM systems hand out to any of their devices. */
export interface CodeListImport {
  /** Name of the pool that it makes, or replaces. */
  readonly pool: string;
  /** Host name of the SM-DP+: there is one list per provider. */
  readonly provider: string;
  readonly codes: readonly ListedCode[];
  /** Default: `generic`. */
  readonly profileType?: string | undefined;
  /** Label of the profiles that are made. */
  readonly label?: string | undefined;
  /** Takes the place of a list even if that has codes which this one lacks. */
  readonly replace?: boolean | undefined;
  /** Whether codes that this list lacks, and that nobody has downloaded, go. Default: they stay. */
  readonly withdrawMissing?: boolean | undefined;
  /** Only tells what would be done. */
  readonly dryRun?: boolean | undefined;
}

export interface ImportedList {
  /** Whether the pool is new. */
  readonly isNew: boolean;
  /** Profiles that were made, Released, for whichever device asks first. */
  readonly created: number;
  /** Codes that were there, installed ones included; nothing was done to them. */
  readonly unchanged: number;
  /** Codes of the pool that the list lacks, and that stay in it. */
  readonly kept: number;
  /** Codes of the pool that the list lacks, and that are gone. */
  readonly withdrawn: number;
}

/** Much more than any list: a pool of that size was not made from one. */
const mostMembers = 10_000;

/** What an import would do. */
export interface ImportPlan extends Placement {
  readonly outcome: ImportedList;
  readonly withdrawn: readonly Profile[];
  /** The list that the pool has so far. */
  readonly own: MdmList | undefined;
}

/**
 * @throws PoolConflictError where the provider has a list under another name, or the list lacks codes of the one it replaces
 * @throws CodesTakenError where an ICCID or a MatchingID belongs to something else
 */
export async function planImport(store: Store, list: CodeListImport): Promise<ImportPlan> {
  const own = await ownList(store, list);
  const members = await allMembers(store, list.pool);
  const placement = await placeCodes(store, list.pool, list.codes, members);
  const missing = placement.missing.filter(({ state }) => state !== 'Unavailable');
  if (missing.length > 0 && !list.replace && !list.withdrawMissing) throw lacks(list, missing);
  const withdrawn = list.withdrawMissing ? missing.filter(isWithdrawable) : [];
  return {
    ...placement,
    withdrawn,
    own,
    outcome: {
      isNew: own === undefined && members.length === 0,
      created: placement.fresh.length,
      unchanged: placement.present.length + placement.adopted.length,
      kept: missing.length - withdrawn.length,
      withdrawn: withdrawn.length,
    },
  };
}

/** The list that the pool has. @throws PoolConflictError where pool and provider do not go together */
async function ownList(store: Store, { pool, provider }: CodeListImport): Promise<MdmList | undefined> {
  const [ofPool, ofProvider] = [await store.mdmList(pool), await store.mdmListOf(provider)];
  if (ofProvider && ofProvider.pool !== pool)
    throw new PoolConflictError(
      'name',
      `${provider} has a list already, the pool '${ofProvider.pool}', and MDM systems take one list per provider`,
      `import the full list, old and new codes, under the name '${ofProvider.pool}', or delete that pool first`,
    );
  if (ofPool && ofPool.provider !== provider)
    throw new PoolConflictError(
      'name',
      `the pool '${pool}' is the list of another provider, ${ofPool.provider}`,
      'import this list under another name, or delete that pool first',
    );
  return ofPool;
}

async function allMembers(store: Store, pool: string): Promise<readonly Profile[]> {
  const members: Profile[] = [];
  for await (const profiles of membersOf(store, pool)) {
    members.push(...profiles);
    if (members.length > mostMembers)
      throw new PoolConflictError(
        'name',
        `the pool '${pool}' has more than ${mostMembers} profiles, which were not made from a list of an MDM system`,
        'import this list under another name',
      );
  }
  return members;
}

const lacks = ({ pool }: CodeListImport, missing: readonly Profile[]): PoolConflictError =>
  new PoolConflictError(
    'replace',
    `there is a pool '${pool}', and this list lacks ${missing.length} of its codes (the first: ${missing[0]?.iccid}); MDM systems take one list per provider`,
    'import the full list, old and new codes; or say replace=true (--replace), and the missing ones stay, or withdrawMissing=true (--withdraw-missing), and those that nobody has downloaded go',
  );
