// Builds the console: src/console → dist/console. console.js [dist]
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../src/console/', import.meta.url));
const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

await build({
  configFile: false,
  root,
  // A proxy may serve the console below any path.
  base: './',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: resolve(join(dist, 'console')),
    emptyOutDir: true,
    target: 'es2022',
    // Inlines no files as data: URLs, because the content security policy allows only files from 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
