import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>;
};
const root = fileURLToPath(new URL('../../', import.meta.url));
/** `node_modules` may be a link, and TypeScript anywhere above. */
const modules = dirname(dirname(createRequire(import.meta.url).resolve('typescript/package.json')));
const compiler = join(modules, 'typescript', 'bin', 'tsc');
const vitest = join(modules, 'vitest', 'vitest.mjs');
const publicApi = join('types', 'public-api.ts');
const run = promisify(execFile);

const hasPython = spawnSync('python3', ['--version']).status === 0;
/** Since 20.19 and 22.12. */
const requiresEsm = 'require_module' in process.features;

// Compilers and test runners take longer than a test usually may.
describe('the built package, in the project of somebody else', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-consumer-'));
  const installed = join(folder, 'node_modules', 'mock-smdp');
  const node = (...parameters: string[]) => run(process.execPath, parameters, { cwd: folder });
  const compile = async (...parameters: string[]): Promise<void> => {
    const strict = ['--noEmit', '--strict', '--target', 'es2023', '--types', 'node'];
    await node(compiler, ...strict, ...parameters);
  };

  beforeAll(async () => {
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    mkdirSync(installed);
    // Without it, a package.json further up would be that of the consumer.
    writeFileSync(join(folder, 'package.json'), '{ "name": "consumer" }');
    cpSync(join(root, 'package.json'), join(installed, 'package.json'));
    // What a consumer has: the dependencies, and none of the types that only the build needs.
    for (const name of [...Object.keys(manifest.dependencies), 'vitest', '@types/node']) {
      mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
      symlinkSync(join(modules, name), join(folder, 'node_modules', name));
    }
    for (const part of ['bundle', 'types', 'seeds'])
      cpSync(join(root, 'dist', part), join(installed, 'dist', part), { recursive: true });
    cpSync(join(root, 'examples'), folder, { recursive: true });
    cpSync(join(root, 'test', 'library', 'types'), join(folder, 'types'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const use = `
    const smdp = await startMockSmdp();
    console.log(smdp.address);
    await smdp.close();`;

  it('is imported', async () => {
    const text = `import { startMockSmdp } from 'mock-smdp'; import { createVirtualDevice } from 'mock-smdp/device';
      if (!createVirtualDevice) throw new Error('no device'); ${use}`;
    const { stdout } = await node('--input-type=module', '--eval', text);
    expect(stdout).toMatch(/^localhost:\d+\n$/);
  });

  it.runIf(requiresEsm)('is required, since Node 20.19', async () => {
    const text = `const { startMockSmdp } = require('mock-smdp'); (async () => { ${use} })();`;
    const { stdout } = await node('--input-type=commonjs', '--eval', text);
    expect(stdout).toMatch(/^localhost:\d+\n$/);
  });

  it('ends a process that closes it, with nothing left to wait for', async () => {
    const text = `import { startMockSmdp } from 'mock-smdp';
      const smdp = await startMockSmdp({ seed: 'demo' });
      const { activationCode } = (await smdp.profiles.list()).items[0];
      await smdp.device().download(activationCode); await smdp.close(); console.log('closed');`;
    const { stdout } = await node('--input-type=module', '--eval', text);
    expect(stdout).toBe('closed\n');
  });

  it('has types that a strict consumer checks, libraries included', () =>
    compile('--skipLibCheck', 'false', '--module', 'nodenext', publicApi));

  it('has types for projects with a bundler, and that fit the examples', () => {
    const shared = ['global-setup.ts', 'smdp.ts', 'download.test.ts', 'refusals.test.ts'];
    const examples = [
      join('vitest', 'download.test.ts'),
      ...shared.map((name) => join('vitest-shared', name)),
    ];
    return compile(
      '--skipLibCheck',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      publicApi,
      ...examples,
    );
  });

  it('loads what replays only where that is asked for', async () => {
    const loaded = `const { readFileSync } = await import('node:fs');
      const text = readFileSync(new URL(import.meta.resolve('mock-smdp')), 'utf8');
      const { replay } = await import('mock-smdp/replay');
      console.log(typeof replay, text.includes('./replay'), 'replay' in await import('mock-smdp'));`;
    const { stdout } = await node('--input-type=module', '--eval', loaded);
    expect(stdout).toBe('function false false\n');
  });

  it('shows its package.json', async () => {
    const text = `console.log(require('mock-smdp/package.json').name)`;
    expect((await node('--input-type=commonjs', '--eval', text)).stdout).toBe('mock-smdp\n');
  });

  it('runs the example for node:test', async () => {
    const { stdout } = await node('--test', 'node-test/');
    expect(stdout).toMatch(/# pass 3\n# fail 0/);
  });

  it('runs the example for vitest', async () => {
    const { stdout } = await node(vitest, 'run', '--root', folder, '--dir', 'vitest', '--no-color');
    expect(stdout).toMatch(/Tests +4 passed/);
  });

  it('runs the example for workers of vitest that share a server', async () => {
    const { stdout } = await node(vitest, 'run', '--root', join(folder, 'vitest-shared'), '--no-color');
    expect(stdout).toMatch(/Test Files +2 passed[^]*Tests +5 passed/);
  });

  it.runIf(hasPython)('runs the example for Python, where there is Python', async () => {
    const command = `${process.execPath} ${join(installed, 'dist', 'bundle', 'main.js')}`;
    const options = { cwd: join(folder, 'python'), env: { ...process.env, MOCK_SMDP: command } };
    const { stderr } = await run('python3', ['-m', 'unittest', 'test_download.py'], options);
    expect(stderr).toMatch(/Ran 4 tests[^]*OK/);
  });
});
