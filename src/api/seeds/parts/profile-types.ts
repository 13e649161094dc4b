import { packageOctets } from '../../../profiles/index.js';
import { toStoredType } from '../../../orders/index.js';
import type { StoredProfileType } from '../../../store/index.js';
import { changed } from '../../profile-types/change.js';
import type { Path } from '../document.js';
import { isSame, type Planning, type Step } from '../planning.js';
import type { SeedType } from '../schema.js';

/** Makes profile types. Existing profile types get the settings of the seed. */
export async function planProfileTypes(planning: Planning): Promise<readonly Step[]> {
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.profileTypes ?? []).entries()) {
    const path = ['profileTypes', index];
    const step = await planning.attempt(path, () => {
      planning.requireNew(names, entry.name, path, 'the profile type');
      return planType(planning, entry, path);
    });
    if (step) steps.push(step);
  }
  return steps;
}

async function planType(planning: Planning, entry: SeedType, path: Path): Promise<Step> {
  const { store, profileTypes, clock } = planning.context;
  const { name, package: _, ...body } = entry;
  const upp = packageOf(planning, entry, path);
  const definition = changed(name, undefined, { ...body, ...(upp && { upp }) });
  await planning.types.put(definition);
  const before = await store.profileType(name);
  const row = toStoredType(definition, clock.now().getTime());
  const outcome = before === undefined ? 'added' : hasContent(before, row) ? 'present' : 'changed';
  if (outcome === 'present') return { path, items: [{ section: 'profileTypes', name, outcome }] };
  return {
    path,
    items: [{ section: 'profileTypes', name, outcome }],
    make: async (undo) => {
      await profileTypes.put(definition);
      undo.add(async () => {
        await (before ? store.saveProfileType(before) : store.deleteProfileType(name));
        profileTypes.forget();
      });
    },
  };
}

/** The package in the entry, or in the file that the entry names. */
function packageOf(planning: Planning, entry: SeedType, path: Path): Buffer | undefined {
  const { package: given, parameters } = entry;
  if (given === undefined) return undefined;
  const { document } = planning;
  const at = [...path, 'package'];
  const { file, base64, from } = given;
  if (parameters !== undefined)
    throw document.error([...path, 'parameters'], 'cannot be combined with package', 'give one of the two');
  if ((file === undefined) === (base64 === undefined))
    throw document.error(
      at,
      'needs either file or base64',
      'name the file of an unprotected profile package',
    );
  return packageOctets(file === undefined ? Buffer.from(base64!, 'base64') : planning.file(at, file, from));
}

const hasContent = (before: StoredProfileType, { definition, upp }: StoredProfileType): boolean =>
  isSame(JSON.parse(before.definition), JSON.parse(definition)) &&
  (before.upp === upp || (before.upp !== null && upp !== null && before.upp.equals(upp)));
