import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/prepare-release.js', import.meta.url));

const changelog = `# Changelog

## Unreleased

## 1.2.0 - 2027-01-31

### Added

- Something.

## 1.1.0 - 2027-01-01

- Something older.

## 1.0.0
`;

describe('scripts/prepare-release.js', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(file(name), 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mock-smdp-release-'));
    writeFileSync(file('CHANGELOG.md'), changelog);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function prepare(version: string, tag = `v${version}`) {
    writeFileSync(file('package.json'), JSON.stringify({ name: 'mock-smdp', version }));
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, file('notes.md')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        GITHUB_REF_NAME: tag,
        GITHUB_REPOSITORY: 'someone/mock-smdp',
        GITHUB_SERVER_URL: 'https://code.example',
        GITHUB_OUTPUT: file('output'),
      },
    });
    return { status, stdout, stderr };
  }

  it('enters the repository that it runs in', () => {
    expect(prepare('1.2.0')).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(read('package.json'))).toEqual({
      name: 'mock-smdp',
      version: '1.2.0',
      homepage: 'https://code.example/someone/mock-smdp#readme',
      repository: { type: 'git', url: 'git+https://code.example/someone/mock-smdp.git' },
      bugs: { url: 'https://code.example/someone/mock-smdp/issues' },
    });
  });

  it('writes what the changelog says of the version', () => {
    prepare('1.2.0');
    expect(read('notes.md')).toBe('### Added\n\n- Something.\n');
  });

  it('publishes a version as latest', () => {
    prepare('1.2.0');
    expect(read('output')).toBe('dist-tag=latest\npre-release=false\n');
  });

  it('keeps a pre-release from becoming latest', () => {
    writeFileSync(file('CHANGELOG.md'), '## 1.3.0-rc.1\n\n- Something new.\n');
    expect(prepare('1.3.0-rc.1')).toMatchObject({ status: 0 });
    expect(read('output')).toBe('dist-tag=next\npre-release=true\n');
  });

  it('refuses a tag that is not the version', () => {
    const { status, stderr } = prepare('1.2.0', 'v1.2.1');
    expect(status).toBe(1);
    expect(stderr).toContain('v1.2.1');
  });

  it.each(['1.0.0', '1.1', '9.9.9'])('refuses version %s, of which the changelog says nothing', (version) => {
    const { status, stderr } = prepare(version);
    expect(status).toBe(1);
    expect(stderr).toContain(`## ${version}`);
  });

  it('says how it is used', () => {
    const { status, stderr } = spawnSync(process.execPath, [script], {
      cwd: folder,
      encoding: 'utf8',
      env: {},
    });
    expect(status).toBe(2);
    expect(stderr).toContain('Usage');
  });
});
