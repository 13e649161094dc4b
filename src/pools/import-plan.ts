import type { ListedCode } from './list/index.js';
import { profilePages, type MdmList, type Profile, type Store } from '../store/index.js';
import { PoolConflictError } from './errors.js';
import { matchCodes, type MatchedCodes } from './match-codes.js';
import { isWithdrawable } from './withdrawable.js';

/** An import of a list of codes that an MDM system may assign to any of its devices. */
export interface CodeListImport {
  /** Name of the pool to create or replace. */
  readonly pool: string;
  /** Host name of the SM-DP+, by which MDM systems identify the provider. Each provider has one list. */
  readonly provider: string;
  readonly codes: readonly ListedCode[];
  /** Default: `generic`. */
  readonly profileType?: string | undefined;
  /** Label of the new profiles. */
  readonly label?: string | undefined;
  /** Whether the new list may lack codes of the old list. These codes then stay in the pool. */
  readonly replace?: boolean | undefined;
  /** Whether the import removes the codes that the new list lacks, if no device has downloaded them. */
  readonly withdrawMissing?: boolean | undefined;
  /** Whether the import only reports what it would do. */
  readonly dryRun?: boolean | undefined;
}

export interface ImportedList {
  /** Whether the pool was created. */
  readonly isNew: boolean;
  /** New profiles in the state Released, for the first device that asks. */
  readonly created: number;
  /** Existing codes, including installed ones. They were not changed. */
  readonly unchanged: number;
  /** Codes that are in the pool but not in the list, and stay in the pool. */
  readonly kept: number;
  /** Codes that were in the pool but not in the list, and were removed. */
  readonly withdrawn: number;
}

/** A pool with more profiles than this was not made from a list, because the longest list is far shorter. */
const mostMembers = 10_000;

/** The changes that an import would make. */
export interface ImportPlan extends MatchedCodes {
  readonly outcome: ImportedList;
  readonly withdrawn: readonly Profile[];
  /** The current list of the pool. */
  readonly own: MdmList | undefined;
}

/**
 * @throws PoolConflictError if the provider has a list under another name, or if the new list lacks codes of the old one
 * @throws CodesTakenError if an ICCID or a MatchingID belongs to another profile
 */
export async function planImport(store: Store, list: CodeListImport): Promise<ImportPlan> {
  const own = await ownList(store, list);
  const members = await allMembers(store, list.pool);
  const placement = await matchCodes(store, list.pool, list.codes, members);
  const missing = placement.missing.filter(({ state }) => state !== 'Unavailable');
  if (missing.length > 0 && !list.replace && !list.withdrawMissing) throw listLacksCodes(list, missing);
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

/** The current list of the pool. @throws PoolConflictError if the pool belongs to another provider, or the provider has another pool */
async function ownList(store: Store, { pool, provider }: CodeListImport): Promise<MdmList | undefined> {
  const [ofPool, ofProvider] = [await store.mdmList(pool), await store.mdmListOf(provider)];
  if (ofProvider && ofProvider.pool !== pool)
    throw new PoolConflictError(
      'name',
      `${provider} already has a list, the pool '${ofProvider.pool}', and MDM systems accept one list per provider`,
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
  for await (const profiles of profilePages(store, { pool })) {
    members.push(...profiles);
    if (members.length > mostMembers)
      throw new PoolConflictError(
        'name',
        `the pool '${pool}' has more than ${mostMembers} profiles, so it was not made from a list for an MDM system`,
        'import this list under another name',
      );
  }
  return members;
}

const listLacksCodes = ({ pool }: CodeListImport, missing: readonly Profile[]): PoolConflictError =>
  new PoolConflictError(
    'replace',
    `the pool '${pool}' exists, and this list lacks ${missing.length} of its codes (the first: ${missing[0]?.iccid}); MDM systems accept one list per provider`,
    'import the full list, old and new codes; to keep the missing codes, use replace=true (--replace); to remove those that no device has downloaded, use withdrawMissing=true (--withdraw-missing)',
  );
