import { hostOf } from '../../../base/address.js';
import { prepareAccepted, removeProfile } from '../../../orders/index.js';
import { incompleteIdentity, withKeys } from '../../../manifests/index.js';
import { importCodeList, type CodeListImport } from '../../../pools/index.js';
import { codeRowProblems, readCodeList, type ListedCode } from '../../../pools/list/index.js';
import { acceptPool } from '../../pools/generate.js';
import { poolExists } from '../../pools/lookup.js';
import { poolDrawingOf } from '../../subscribers/members.js';
import type { Path } from '../document.js';
import { newProfiles } from '../new-profiles.js';
import { scopeIn, shownNamespace, type Planning, type SeedItem, type Step } from '../planning.js';
import type { SeedPool } from '../schema.js';

/** Makes pools of a number of new profiles, or of the codes in a list. */
export async function planPools(planning: Planning): Promise<readonly Step[]> {
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.pools ?? []).entries()) {
    const path = ['pools', index];
    const step = await planning.attempt(path, async () => {
      const namespace = planning.namespaceOf(entry.namespace, path);
      planning.requireNew(names, `${namespace} ${entry.name}`, path, 'the pool');
      planning.pools.add(`${namespace} ${entry.name}`);
      requireOneSource(planning, entry, path);
      return entry.count === undefined
        ? planList(planning, entry, namespace, path)
        : planGenerated(planning, { ...entry, count: entry.count }, namespace, path);
    });
    if (step) steps.push(step);
  }
  return steps;
}

const sources = ['count', 'codes', 'file', 'list'] as const;

function requireOneSource({ document }: Planning, entry: SeedPool, path: Path): void {
  const given = sources.filter((source) => entry[source] !== undefined);
  if (given.length !== 1)
    throw document.error(
      given.length === 0 ? path : [...path, given[1]!],
      given.length === 0 ? `needs one of ${sources.join(', ')}` : `cannot be combined with ${given[0]}`,
      'give count for new codes, codes for your own codes, or file or list for a list in the format of Intune',
    );
}

const itemOf = (name: string, namespace: string, outcome: SeedItem['outcome']): SeedItem => ({
  section: 'pools',
  name,
  namespace: shownNamespace(namespace),
  outcome,
});

async function planGenerated(
  planning: Planning,
  entry: SeedPool & { readonly count: number },
  namespace: string,
  path: Path,
): Promise<Step> {
  const {
    name,
    namespace: _,
    provider: _provider,
    luhn: _luhn,
    codes: _codes,
    file: _file,
    list: _list,
    ...request
  } = entry;
  const scope = planning.scope(namespace);
  if (await poolExists(scope.store, name)) return { path, items: [itemOf(name, namespace, 'present')] };
  const accepted = await acceptPool(scope, { ...request, name });
  return {
    path,
    items: [itemOf(name, namespace, 'added')],
    make: async (undo) => {
      const prepared = await prepareAccepted(scopeIn(planning.context, namespace), accepted);
      undo.add(async () => {
        for (const { profile } of prepared) await removeProfile(planning.context.store, profile.id);
      });
    },
  };
}

async function planList(planning: Planning, entry: SeedPool, namespace: string, path: Path): Promise<Step> {
  const { name, profileType, label } = entry;
  const scope = planning.scope(namespace);
  const { provider, codes } = listOf(planning, entry, path);
  const list: CodeListImport = { pool: name, provider, codes, profileType, label, replace: true };
  const { created } = await importCodeList(scope, { ...list, dryRun: true });
  const before = await scope.store.mdmList(name);
  const outcome = before === undefined ? 'added' : created > 0 ? 'changed' : 'present';
  return {
    path,
    items: [itemOf(name, namespace, outcome)],
    make: async (undo) => {
      const { store, ...rest } = scopeIn(planning.context, namespace);
      const isNew = await newProfiles(store);
      undo.add(async () => {
        for (const { matchingId } of codes) {
          const profile = await store.profileByMatchingId(matchingId);
          if (profile && isNew(profile)) await removeProfile(store, profile.id);
        }
        if (before === undefined) await store.commit([{ kind: 'deleteMdmList', pool: name }]);
      });
      await importCodeList({ ...rest, store }, list);
    },
  };
}

interface List {
  readonly provider: string;
  readonly codes: readonly ListedCode[];
}

/** @throws CodeListError, SeedError */
function listOf(planning: Planning, entry: SeedPool, path: Path): List {
  const { address } = planning.context.smdp;
  const { codes, file, list, luhn, provider = hostOf(address) } = entry;
  if (codes === undefined) {
    const octets = file === undefined ? Buffer.from(list ?? '') : planning.file(path, file);
    const read = readCodeList(octets, address, luhn, poolDrawingOf(entry));
    return { provider: hostOf(read.smdpAddress), codes: read.codes };
  }
  const drawing = poolDrawingOf(entry);
  const listed = codes.map(({ subscriber, ...code }, index) => ({
    ...{ ...code, line: index + 1 },
    ...(subscriber && { subscriber: withKeys(subscriber, drawing) }),
  }));
  for (const [index, { iccid, matchingId, subscriber }] of listed.entries()) {
    const at = [...path, 'codes', index];
    for (const { field, message, remedy } of subscriber ? incompleteIdentity(subscriber) : [])
      throw planning.document.error([...at, 'subscriber', field], message, remedy);
    for (const { field, message, remedy } of codeRowProblems(
      `${iccid},${matchingId}`,
      index + 1,
      luhn ?? 'strict',
    ))
      throw planning.document.error([...at, field], message, remedy);
  }
  return { provider: provider.toLowerCase(), codes: listed };
}
