import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The build copies the seeds to dist/seeds/. The sources read the seeds from examples/seeds/. */
const places = ['../seeds/', '../../examples/seeds/'];

const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));

/** The folder of the shipped seeds. */
export const seedsFolder = paths.find((path) => existsSync(path)) ?? paths[0]!;
