import { inSlices, problemText, readManifest } from '../../../manifests/index.js';
import { preload, type PreloadResult } from '../../../manifests/preload/index.js';
import { removeProfile } from '../../../orders/index.js';
import type { Store } from '../../../store/index.js';
import type { Scope } from '../../scope.js';
import { drawingOf } from '../../subscribers/members.js';
import type { Path } from '../document.js';
import { newProfiles } from '../new-profiles.js';
import { scopeIn, shownNamespace, type Planning, type Step } from '../planning.js';
import type { SeedManifest } from '../schema.js';

/** Imports EID manifests: makes an order for each row whose EID has no order. */
export async function planManifests(planning: Planning): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.manifests ?? []).entries()) {
    const path = ['manifests', index];
    const step = await planning.attempt(path, () =>
      planManifest(planning, entry, planning.namespaceOf(entry.namespace, path), path),
    );
    if (step) steps.push(step);
  }
  return steps;
}

/** Maximum number of wrong rows that an error names. */
const mostRows = 20;

async function planManifest(
  planning: Planning,
  entry: SeedManifest,
  namespace: string,
  path: Path,
): Promise<Step | undefined> {
  const manifest = { octets: octetsOf(planning, entry, path), entry, lines: planning.context.manifestLines };
  const { result, problems } = await importOf(planning.scope(namespace), manifest, true);
  if (problems.length > 0) {
    const at = [...path, entry.file === undefined ? 'rows' : 'file'];
    planning.problems.push(...problems.map((text) => planning.document.problem(at, text)));
    return undefined;
  }
  const outcome = result.added === 0 ? 'present' : result.unchanged > 0 ? 'changed' : 'added';
  return {
    path,
    items: [
      {
        section: 'manifests',
        name: `${entry.file ?? 'rows'}, ${result.rows} ${result.rows === 1 ? 'EID' : 'EIDs'}`,
        namespace: shownNamespace(namespace),
        outcome,
      },
    ],
    make: async (undo) => {
      const scope = scopeIn(planning.context, namespace);
      const isNew = await newProfiles(scope.store);
      undo.add(() => removeOrdersOf(scope.store, manifest.octets, isNew));
      const { problems: late } = await importOf(scope, manifest, false);
      if (late[0] !== undefined) throw planning.document.error(path, late[0]);
    },
  };
}

function octetsOf(planning: Planning, { file, rows }: SeedManifest, path: Path): Buffer {
  if ((file === undefined) === (rows === undefined))
    throw planning.document.error(path, 'needs either file or rows', 'name the file of an EID manifest');
  return file === undefined ? Buffer.from(rows!) : planning.file(path, file);
}

interface Manifest {
  readonly octets: Buffer;
  readonly entry: SeedManifest;
  readonly lines: number | undefined;
}

async function importOf(
  scope: Scope,
  { octets, entry, lines }: Manifest,
  dryRun: boolean,
): Promise<{ readonly result: PreloadResult; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  let result: PreloadResult | undefined;
  const { luhn, profileType, pool, label } = entry;
  const options = { dryRun, luhn, profileType, pool, label, drawing: drawingOf(entry), maxLines: lines };
  for await (const event of preload(scope, inSlices(octets), options)) {
    if (event.kind === 'rejected' && problems.length < mostRows)
      problems.push(`line ${event.row.line}: ${event.row.problems.map(problemText).join('. ')}`);
    if (event.kind === 'done') result = event.result;
  }
  return { result: result!, problems };
}

async function removeOrdersOf(
  store: Store,
  octets: Buffer,
  isNew: (profile: { readonly id: number }) => boolean,
): Promise<void> {
  for await (const part of readManifest(inSlices(octets), {}))
    for (const { eid } of part.kind === 'rows' ? part.rows : []) {
      const { items } = await store.listProfiles({ eid }, { limit: 1000, newestFirst: true });
      for (const profile of items.filter(isNew)) await removeProfile(store, profile.id);
    }
}
