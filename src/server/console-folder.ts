import { fileURLToPath } from 'node:url';

/**
 * The folder to which `npm run build` writes the console. The relative path is right for the sources and for the
 * bundle, because both are equally deep in the package.
 */
export const consoleFolder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
