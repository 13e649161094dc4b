import {
  applySeed,
  SeedError,
  seedSections,
  type SeedContext,
  type SeedReport,
  type SeedSection,
} from '../../api/index.js';
import type { PreloadResult } from '../../manifests/preload/index.js';
import { StoreError, type Profile, type Store } from '../../store/index.js';
import { ConfigError, namesOf } from '../settings.js';
import { requireManifest, seedManifest, wouldAdd } from './seed-manifest.js';
import { isPath, isSeedFile, loadSeed, type LoadedSeed } from './seed-source.js';
import { UnknownSeedError } from './shipped-seeds.js';

/** MatchingID of the demo profile: always the same, so that documentation can show it. */
export const demoMatchingId = 'DE301-00000-00000-00001';

/** The name of the seed that a server has by default. */
const demo = 'demo';

/** The content of a new database: nothing, an EID manifest, or a seed. */
export type Seed =
  | { readonly kind: 'none' }
  | { readonly kind: 'manifest'; readonly path: string }
  | { readonly kind: 'seed'; readonly source: LoadedSeed };

/** The result of seeding. */
export interface SeedResult {
  /** The profile of the seed `demo`, if the database has it. */
  readonly demoProfile?: Profile | undefined;
  /** The result of importing the seed's manifest. */
  readonly preloaded?: PreloadResult;
  /** The result of applying the seed. Absent for the seed `demo`. */
  readonly seeded?: SeedReport | undefined;
}

/**
 * Reads the seed. Called before the server opens its listeners.
 *
 * @throws ConfigError if the file cannot be read, or has a wrong form
 */
export async function readSeed(store: Store, named: string): Promise<Seed> {
  if (named === 'none') return { kind: 'none' };
  if (isPath(named) && !isSeedFile(named)) {
    if (await isEmpty(store)) await requireManifest(named);
    return { kind: 'manifest', path: named };
  }
  try {
    return { kind: 'seed', source: loadSeed(named) };
  } catch (error) {
    throw inWords(error, named);
  }
}

function inWords(error: unknown, named: string): unknown {
  const begin = `${namesOf('seed')} is '${named}'`;
  if (error instanceof SeedError) return new ConfigError(`${begin}: ${error.message}`);
  if (error instanceof UnknownSeedError) return new ConfigError(`${begin}, but ${error.message}`);
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined
    ? error
    : new ConfigError(
        `${begin}, which cannot be read (${code}); give the path of a seed, or the name of a shipped seed.`,
      );
}

/**
 * Seeds a database that has no profiles. On any other database, applies only the parts of the seed that a restart forgets: clock,
 * conduct, fault rules, scenarios, and routes to other SM-DP+s.
 *
 * @throws ConfigError if the seed is wrong
 */
export async function seedDatabase(context: SeedContext, seed: Seed): Promise<SeedResult> {
  if (await isEmpty(context.store)) return plant(context, seed);
  if (seed.kind === 'seed') await applied(context, seed.source, forgotten);
  return isDemo(seed) ? { demoProfile: await demoProfile(context.store) } : {};
}

/** Parts of a seed that a restart of the server forgets. */
const forgotten: readonly SeedSection[] = ['clock', 'conduct', 'faults', 'scenarios', 'proxyRoutes'];

/**
 * Adds the content of the seed, even to a database with profiles.
 *
 * @param without parts of the seed that are not applied
 * @throws ConfigError if the seed is wrong
 */
export async function plant(
  context: SeedContext,
  seed: Seed,
  without: readonly SeedSection[] = [],
): Promise<SeedResult> {
  if (seed.kind === 'none') return {};
  if (seed.kind === 'manifest') return { preloaded: await seedManifest(context, seed.path) };
  const only = seedSections.filter((section) => !without.includes(section));
  const seeded = await applied(context, seed.source, only);
  return isDemo(seed) ? { demoProfile: await demoProfile(context.store) } : { seeded };
}

const isDemo = (seed: Seed): boolean => seed.kind === 'seed' && seed.source.name === demo;

const demoProfile = (store: Store): Promise<Profile | undefined> => store.profileByMatchingId(demoMatchingId);

async function applied(
  context: SeedContext,
  { document, files, name }: LoadedSeed,
  only: readonly SeedSection[],
): Promise<SeedReport> {
  try {
    return await applySeed(context, document, { files, only }).catch((error: unknown) => {
      if (!mayPass(error)) throw error;
      return applySeed(context, document, { files, only });
    });
  } catch (error) {
    throw inWords(error, name);
  }
}

/**
 * Whether a second attempt may succeed. Another server on the same database may have applied the same seed in the meantime, or the database
 * was busy.
 */
const mayPass = (error: unknown): boolean => error instanceof SeedError || error instanceof StoreError;

/** A warning about a seed that was skipped because the database has profiles; `undefined` if the database already has this seed. */
export async function skippedSeed(context: SeedContext, seed: Seed): Promise<string | undefined> {
  const { store } = context;
  if (await isEmpty(store)) return undefined;
  const hasDemo = (await demoProfile(store)) !== undefined;
  const name = nameOf(seed);
  const begin = `${namesOf('seed')} is '${name}', but the server seeds only an empty database, and this database has profiles`;
  const end = `Name another database with ${namesOf('database')}, or`;
  if (seed.kind === 'none')
    return hasDemo ? `${begin}, including the demo profile. ${end} remove that profile.` : undefined;
  if (isDemo(seed))
    return hasDemo
      ? undefined
      : `${begin}: the demo profile is not added. ${end} make the profile: mock-smdp profile create --matching-id ${demoMatchingId} --label demo`;
  if (seed.kind === 'manifest')
    return (await wouldAdd(context, seed.path))
      ? `${begin}: the manifest is not imported. ${end} import the manifest: mock-smdp manifest import ${seed.path}`
      : undefined;
  return (await isThere(context, seed.source))
    ? undefined
    : `${begin}: only the clock, conduct, fault rules, scenarios and routes of the seed are applied. ${end} apply the seed: mock-smdp seed ${name}`;
}

const nameOf = (seed: Seed): string =>
  seed.kind === 'none' ? 'none' : seed.kind === 'manifest' ? seed.path : seed.source.name;

/** Whether the database has all entries of the seed. */
async function isThere(context: SeedContext, { document, files }: LoadedSeed): Promise<boolean> {
  try {
    const { items } = await applySeed(context, document, { files, dryRun: true });
    return items.every(
      ({ section, outcome }) =>
        outcome !== 'added' || [...forgotten, 'deviceGroups', 'policies'].includes(section),
    );
  } catch (error) {
    if (error instanceof SeedError) return false;
    throw error;
  }
}

const isEmpty = async (store: Store): Promise<boolean> =>
  Object.values(await store.countProfiles()).every((count) => count === 0);
