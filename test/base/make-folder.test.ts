import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeFolder } from '../../src/base/make-folder.js';

const folder = mkdtempSync(join(tmpdir(), 'make-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes a folder and its parents, and may be called again', () => {
  const path = join(folder, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(() => makeFolder('.')).not.toThrow();
  expect(() => makeFolder('/')).not.toThrow();
});

it('takes a link to a folder for one', () => {
  symlinkSync(folder, join(folder, 'link'));
  makeFolder(join(folder, 'link', 'd'));
  expect(statSync(join(folder, 'd')).isDirectory()).toBe(true);
});

it('raises what the system says where a file is in the way', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow(/ENOTDIR/);
});

it.skipIf(process.platform !== 'linux')('ends where nothing can be made in a folder that there is', () => {
  expect(() => makeFolder('/proc/nothing/below')).toThrow(/cannot be made/);
});
