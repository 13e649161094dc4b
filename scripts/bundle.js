// Puts the compiled modules into a few files in dist/bundle/, because Node takes longer to find and open a thousand small files than a
// server takes to start. Modules that are imported lazily get files of their own. bundle.js [dist]
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { copyTypes } from './types.js';

const dist = process.argv[2] ?? 'dist';

/** Dependencies stay outside the bundle, except typebox, which has seven hundred files. */
const external = (id) => !/^[./]/.test(id) && !/^typebox(\/|$)/.test(id);
const notice = '/*! Contains typebox, (c) Haydn Paterson, under the MIT licence that is in its package. */';

const bundle = await rolldown({
  input: {
    index: join(dist, 'index.js'),
    device: join(dist, 'device', 'index.js'),
    replay: join(dist, 'replay', 'index.js'),
    testcontainers: join(dist, 'library', 'testcontainers.js'),
    main: join(dist, 'cli', 'main.js'),
  },
  platform: 'node',
  external,
});
await bundle.write({
  dir: join(dist, 'bundle'),
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared-[hash].js',
  postBanner: ({ isEntry }) => (isEntry ? '' : notice),
  cleanDir: true,
});
for (const name of ['cli/main.js', 'bundle/main.js']) chmodSync(join(dist, name), 0o755);
// The image ships dist/ but not examples/, so dist/ has a copy of the seeds.
rmSync(join(dist, 'seeds'), { recursive: true, force: true });
cpSync(join('examples', 'seeds'), join(dist, 'seeds'), { recursive: true });
copyTypes(dist, [
  'index.d.ts',
  join('device', 'index.d.ts'),
  join('replay', 'index.d.ts'),
  join('library', 'testcontainers.d.ts'),
]);
