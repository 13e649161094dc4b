import { noNamespace } from '../../../base/namespace.js';
import { canonicalIccid } from '../../../wire/rsp/index.js';
import {
  acceptRequest,
  prepareAccepted,
  removeProfile,
  type AcceptedRequest,
} from '../../../orders/index.js';
import { profilePages, type Profile, type ProfileFilter } from '../../../store/index.js';
import type { Scope } from '../../scope.js';
import type { Path } from '../document.js';
import {
  scopeIn,
  shownNamespace,
  type Planning,
  type SeedContext,
  type SeedItem,
  type Step,
} from '../planning.js';
import type { SeedProfile } from '../schema.js';

interface Entry {
  readonly entry: SeedProfile;
  readonly path: Path;
  readonly namespace: string;
}

/** An entry whose profile is to be made. */
interface FreshEntry extends Entry {
  readonly accepted: AcceptedRequest;
}

/**
 * Makes the profiles of a seed. An entry counts as present if the server has a profile with the entry's identifying members, even if the
 * profile has changed since.
 */
export async function planProfiles(planning: Planning): Promise<readonly Step[]> {
  const search = new Search(planning);
  const present: SeedItem[] = [];
  const fresh: FreshEntry[] = [];
  for (const [index, entry] of (planning.seed.profiles ?? []).entries()) {
    const path = ['profiles', index];
    await planning.attempt(path, async () => {
      const one = { entry, path, namespace: planning.namespaceOf(entry.namespace, path) };
      if (await search.finds(one)) return void present.push(itemOf(one, 'present'));
      const request = { ...entry, namespace: one.namespace };
      const accepted = await acceptRequest(planning.scope(one.namespace), request);
      for (const { field, message, remedy } of accepted.warnings)
        planning.warnings.push(planning.document.problem([...path, ...field.split('.')], message, remedy));
      await search.requireFree(one);
      fresh.push({ ...one, accepted });
    });
  }
  return [{ path: ['profiles'], items: present }, creation(planning.context, fresh)];
}

/** Makes all new profiles in one transaction, in the order of the seed. */
const creation = (context: SeedContext, entries: readonly FreshEntry[]): Step => ({
  path: ['profiles'],
  items: entries.map((one) => itemOf(one, 'added')),
  make: async (undo) => {
    const accepted = entries.map((one) => one.accepted);
    const prepared = await prepareAccepted(scopeIn(context, noNamespace), accepted);
    undo.add(async () => {
      for (const { profile } of prepared) await removeProfile(context.store, profile.id);
    });
  },
});

/** Members that identify a profile. */
const names = ['matchingId', 'eid', 'iccid', 'label'] as const;

const itemOf = ({ entry, namespace }: Entry, outcome: SeedItem['outcome']): SeedItem => ({
  section: 'profiles',
  name: names.map((name) => entry[name]).find(Boolean) ?? '',
  namespace: shownNamespace(namespace),
  outcome,
});

/** Looks up the profiles of the seed on the server. */
class Search {
  readonly #found = new Set<number>();
  readonly #taken = new Map<string, Path>();

  constructor(private readonly planning: Planning) {}

  /** Whether the server has the profile. Each profile of the server matches only one entry. @throws SeedError */
  async finds({ entry, path, namespace }: Entry): Promise<boolean> {
    const { iccid, matchingId, eid, label } = entry;
    if ([iccid, matchingId, eid, label].every((name) => name === undefined))
      throw this.planning.document.error(
        path,
        'needs a matchingId, iccid, eid or label; otherwise the profile would be made again each time the seed is applied',
        'give the entry a label',
      );
    const filter = {
      ...(iccid !== undefined && { iccid: canonicalIccid(iccid) }),
      ...(matchingId !== undefined && { matchingId }),
      ...(eid !== undefined && { eid }),
      ...(label !== undefined && { label }),
    };
    const found = await this.#first(this.planning.scope(namespace), filter);
    if (found) this.#found.add(found.id);
    return found !== undefined;
  }

  async #first({ store }: Scope, filter: ProfileFilter): Promise<Profile | undefined> {
    for await (const profiles of profilePages(store, filter)) {
      const found = profiles.find(({ id }) => !this.#found.has(id));
      if (found) return found;
    }
    return undefined;
  }

  /** @throws SeedError if another profile, of the server or of the seed, has the ICCID or the MatchingID */
  async requireFree({ entry, path, namespace }: Entry): Promise<void> {
    const { iccid, matchingId, profileType } = entry;
    const { store } = this.planning.context;
    if (iccid !== undefined && !(await this.#sharesIccid(profileType))) {
      const holders = await this.planning.scope(namespace).store.profilesByIccid(canonicalIccid(iccid));
      this.#take('iccid', iccid, `${namespace} ${canonicalIccid(iccid)}`, path, holders[0]);
    }
    if (matchingId)
      this.#take('matchingId', matchingId, matchingId, path, await store.profileByMatchingId(matchingId));
  }

  async #sharesIccid(profileType: string | undefined): Promise<boolean> {
    return profileType !== undefined && (await this.planning.types.get(profileType)).sharesIccid;
  }

  #take(field: string, value: string, key: string, path: Path, holder: Profile | undefined): void {
    const { document } = this.planning;
    if (holder)
      throw document.error(
        [...path, field],
        `'${value}' is already in use by another profile: ${inWords(holder)}`,
        'give another value, or remove that profile',
      );
    const other = this.#taken.get(`${field} ${key}`);
    if (other)
      throw document.error(
        [...path, field],
        `'${value}' is also the value of ${[...other, field].join('.')}`,
        'give another value',
      );
    this.#taken.set(`${field} ${key}`, path);
  }
}

const inWords = ({ iccid, state, eid, label, namespace }: Profile): string =>
  [
    `ICCID ${iccid}`,
    state,
    ...(eid === null ? [] : [`EID ${eid}`]),
    ...(label === null ? [] : [`label ${label}`]),
    ...(namespace === '' ? [] : [`namespace ${namespace}`]),
  ].join(', ');
