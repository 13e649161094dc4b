/** The content of a new database: a seed, or an EID manifest. */
export {
  demoMatchingId,
  plant,
  readSeed,
  seedDatabase,
  skippedSeed,
  type Seed,
  type SeedResult,
} from './seed.js';
export { filesOf, isPath, readSeedSource, type SeedSource } from './seed-source.js';
export { shippedSeeds, UnknownSeedError } from './shipped-seeds.js';
