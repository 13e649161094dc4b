import { fileURLToPath } from 'node:url';

/** Where `npm run build` puts the console. It lies as deep below the package for the sources as for the bundle. */
export const consoleFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
