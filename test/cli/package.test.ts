import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVirtualDevice } from '../../src/device/index.js';
import { compileProfileType, builtInProfileTypes, lintRules } from '../../src/profiles/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { cli } from './support/run.js';
import { temporaryFolder } from './support/server.js';

const folder = temporaryFolder();
const [sound, broken, other] = ['sound.der', 'broken.der', 'other.txt'].map((name) => folder.path(name)) as [
  string,
  string,
  string,
];

beforeAll(() => {
  const type = compileProfileType(builtInProfileTypes[0]!);
  const octets = type.package({ iccid: '8900101000000000002' });
  writeFileSync(sound, octets);
  writeFileSync(
    broken,
    octets.toString('hex').replace('8900101000000000002f', '8900101000000000003f'),
    'utf8',
  );
  writeFileSync(other, type.package({ iccid: '8900101000000000010' }).toString('base64'));
});
afterAll(() => folder.remove());

describe('mock-smdp package show', () => {
  it('shows each element and file, and no key', async () => {
    const { code, stdout } = await cli('package', 'show', sound);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\. header: \d+ octets at 0$/m);
    expect(stdout).toMatch(/^ {2}ef-iccid \(2FE2\): transparent, 10 octets/m);
    expect(stdout).toContain('hidden');
    expect((await cli('package', 'show', '--secrets', sound)).stdout).not.toContain('hidden');
  });

  it('shows the same as JSON', async () => {
    const { elements } = (await cli('package', 'show', '--json', sound)).json<{
      elements: { name: string }[];
    }>();
    expect(elements.map(({ name }) => name)).toContain('usim');
  });

  it('says what is wrong with a file that is no package', async () => {
    const [text, empty, der] = ['text', 'empty', 'der'].map((name) => folder.path(name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(text, 'hello');
    writeFileSync(empty, '');
    writeFileSync(der, Buffer.from('3003020100', 'hex'));
    const advice = 'Give an unprotected profile package in DER, hex or base64.';
    const expected: readonly (readonly [string, string])[] = [
      [text, `this is text, but neither the hex nor the base64 of a package ${advice}`],
      [empty, `the package is empty ${advice}`],
      [der, 'profile element 1 at octet 0: tag 30 instead of the profile header (A0)'],
    ];
    for (const [path, message] of expected)
      for (const args of [
        ['show', path],
        ['diff', path, sound],
        ['diff', sound, path],
      ]) {
        const { code, stderr } = await cli('package', ...args);
        expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([
          2,
          expect.stringContaining(`${path}: ${message}`),
        ]);
      }
  });

  it('reads no more than the server accepts as a package', async () => {
    const path = folder.path('long');
    writeFileSync(path, Buffer.alloc(4 * 1024 * 1024 + 1, 0xa0));
    const { code, stderr } = await cli('package', 'show', path);
    expect([code, stderr.replace(/\s+/g, ' ')]).toEqual([
      2,
      expect.stringContaining('long has more than 4,194,304 octets'),
    ]);
    expect((await cli('package', 'show', '/dev/zero')).stderr).toContain('4,194,304 octets');
  });
});

describe('mock-smdp package lint', () => {
  it('exits with 0 for a sound package', async () => {
    expect(await cli('package', 'lint', sound)).toMatchObject({ code: 0, stdout: '' });
  });

  it('says where a package is wrong, in which clause that is written, and exits with 1', async () => {
    const { code, stdout } = await cli('package', 'lint', sound, broken);
    expect(code).toBe(1);
    expect(stdout).toBe(
      `${broken}: error: element 1 (header), octet 0: has the ICCID 8900101000000000003, but EF.ICCID has 8900101000000000002 ` +
        '[iccid-agrees; SAIP, ProfileHeader iccid; SGP.22 5.5.3]\n',
    );
    expect((await cli('package', 'lint', '--fail-on', 'never', broken)).code).toBe(0);
  });

  it('writes JSON', async () => {
    const { stdout } = await cli('package', 'lint', '--json', broken);
    expect(JSON.parse(stdout)).toMatchObject([{ file: broken, findings: [{ rule: 'iccid-agrees' }] }]);
    expect(stdout).toBe((await cli('package', 'lint', '--format', 'json', broken)).stdout);
    expect(await cli('package', 'lint', '--format', 'sarif', '--json', broken)).toMatchObject({ code: 2 });
  });

  it('finds no package in an empty file', async () => {
    const path = folder.path('nothing');
    writeFileSync(path, '');
    const { code, stdout } = await cli('package', 'lint', path);
    expect([code, stdout]).toEqual([1, `${path}: error: the package is empty [structure; SAIP 8.1]\n`]);
  });

  it('writes SARIF', async () => {
    const { runs } = (await cli('package', 'lint', '--format', 'sarif', broken)).json<{
      runs: { results: { ruleId: string; level: string }[]; tool: { driver: { rules: { id: string }[] } } }[];
    }>();
    expect(runs[0]!.results).toMatchObject([{ ruleId: 'iccid-agrees', level: 'error' }]);
    expect(runs[0]!.tool.driver.rules.map(({ id }) => id)).toContain('iccid-agrees');
  });

  it('takes the EUICCInfo2 in hex, in base64 and from a file', async () => {
    const material = await testPkiFolder();
    const info = createVirtualDevice({ material }).euicc.getEuiccInfo2();
    const file = folder.path('info2.der');
    writeFileSync(file, info);
    for (const value of [info.toString('hex'), info.toString('base64'), file])
      expect(await cli('package', 'lint', '--euicc-info2', value, sound)).toMatchObject({ code: 0 });
    expect(await cli('package', 'lint', '--euicc-info2', folder.path('nowhere'), sound)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('neither hex, nor base64 of an EUICCInfo2') as string,
    });
  });

  it('refuses a text that is not an EUICCInfo2', async () => {
    expect(await cli('package', 'lint', '--euicc-info2', 'bf2200', sound)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not an EUICCInfo2 (tag BF22): profileVersion') as string,
    });
  });
});

describe('mock-smdp package diff', () => {
  it('names what differs, and exits with 1', async () => {
    const { code, stdout } = await cli('package', 'diff', sound, other);
    expect(code).toBe(1);
    expect(stdout).toContain('header/iccid\n  - 8900101000000000002\n  + 8900101000000000010\n');
  });

  it('exits with 0 for equal packages', async () => {
    expect(await cli('package', 'diff', sound, sound)).toMatchObject({ code: 0, stdout: '' });
  });
});

it('describes each rule in docs/packages.md', () => {
  const page = readFileSync(new URL('../../docs/packages.md', import.meta.url), 'utf8');
  expect(lintRules.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});
