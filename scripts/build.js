// Compiles and bundles src into dist/, unless dist/ was built from the same sources already. build.js [--force]
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** The parts of the build. Each has its own inputs, so that a change rebuilds only the part that it concerns. */
const parts = [
  {
    name: 'server',
    script: compileAndBundle,
    stamp: join('dist', '.inputs'),
    inputs: [
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
      ...['scripts/build.js', 'scripts/bundle.js', 'scripts/types.js'],
      ...filesBelow('src').filter((name) => name.endsWith('.ts') && !isOfConsole(name)),
      ...filesBelow(join('examples', 'seeds')),
    ],
    outputs: [
      'bundle/main.js',
      'bundle/index.js',
      'bundle/device.js',
      'bundle/replay.js',
      'bundle/testcontainers.js',
      'types/index.d.ts',
      'seeds/demo.yaml',
    ],
  },
  {
    name: 'console',
    script: () => run('scripts/console.js'),
    stamp: join('dist', '.inputs-console'),
    inputs: [
      ...['package.json', 'package-lock.json', 'scripts/console.js'],
      ...filesBelow('src').filter((name) => isOfConsole(name) || name.startsWith(join('src', 'base'))),
    ],
    outputs: ['console/index.html'],
  },
];

function isOfConsole(name) {
  return name.startsWith(join('src', 'console'));
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

/** A hash of the content of all inputs. Their modification times would not do, because every checkout changes them. */
function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs) {
    const content = readFileSync(file);
    hash.update(`${file} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

const stale = parts.filter(({ inputs, outputs, stamp }) => {
  const isComplete = outputs.every((file) => existsSync(join('dist', file))) && existsSync(stamp);
  return (
    !isComplete || readFileSync(stamp, 'utf8') !== fingerprint(inputs) || process.argv.includes('--force')
  );
});
if (stale.length === 0) say('nothing has changed since the last build.');
for (const part of stale) build(part);

function build({ name, script, inputs, stamp }) {
  const why = existsSync(stamp) ? 'its sources have changed' : 'it is not in dist/ yet';
  say(`building the ${name}, because ${why}; this takes up to half a minute ...`);
  const begun = performance.now();
  rmSync(stamp, { force: true });
  script();
  writeFileSync(stamp, fingerprint(inputs));
  say(`the ${name} is done, in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
}

function compileAndBundle() {
  run(createRequire(import.meta.url).resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json');
  run('scripts/bundle.js');
}

function run(script, ...args) {
  try {
    execFileSync(process.execPath, [script, ...args], { stdio: 'inherit' });
  } catch (error) {
    // The compiler has already printed the errors.
    process.exit(error.status ?? 1);
  }
}

function say(text) {
  process.stderr.write(`build: ${text}\n`);
}
