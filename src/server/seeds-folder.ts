import { fileURLToPath } from 'node:url';

/** Where the shipped seeds are. The folder lies as deep below the package for the sources as for the bundle. */
export const seedsFolder = fileURLToPath(new URL('../../examples/seeds/', import.meta.url));
