// Compiles and bundles src into dist/, unless dist/ was built from the same sources already. build.js [--force]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Everything that the result depends on, with its content: times change with every checkout. */
const inputs = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['scripts/build.js', 'scripts/bundle.js', 'scripts/types.js'],
  ...filesBelow('src'),
];
const outputs = [
  'bundle/main.js',
  'bundle/index.js',
  'bundle/device.js',
  'bundle/replay.js',
  'types/index.d.ts',
];
const stamp = join('dist', '.inputs');

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of inputs) {
    const content = readFileSync(file);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

const current = fingerprint();
const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
const isComplete = outputs.every((file) => existsSync(join('dist', file)));
if (built === current && isComplete && !process.argv.includes('--force')) {
  say('nothing has changed since the last one.');
} else {
  build();
}

function build() {
  const why = built === undefined || !isComplete ? 'dist/ is not there yet' : 'the sources have changed';
  say(`${why}; compiling and bundling, which takes up to half a minute ...`);
  const begun = performance.now();
  rmSync(stamp, { force: true });
  run(createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
  run('scripts/bundle.js');
  writeFileSync(stamp, current);
  say(`done in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}

function run(script, ...args) {
  try {
    execFileSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  } catch (error) {
    // What is wrong with the sources has been said already.
    process.exit(error.status ?? 1);
  }
}

function say(text) {
  process.stderr.write(`build: ${text}\n`);
}
