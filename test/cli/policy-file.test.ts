import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPolicyFile } from '../../src/cli/mdm/policy-file.js';
import { temporaryFolder } from '../support/pki-folder.js';

const read = (text: string) => {
  const path = join(temporaryFolder(), 'policy.yaml');
  writeFileSync(path, text);
  return readPolicyFile(path);
};

it.each(['007', '89049032000000000000020000000162', '{a: 1}', 'null'])(
  'a policy file refuses the device %s without quotes, whose digits would be lost',
  async (name) => {
    await expect(read(`groups: {laptops: [pc-01, ${name}]}`)).rejects.toThrow(
      /policy\.yaml: line 1: groups\.laptops\.1 must be the name of a device; write it in quotes/,
    );
  },
);

it('a policy file takes names in quotes as they are', async () => {
  expect((await read(`groups: {laptops: ['007']}`)).groups).toEqual({ laptops: { devices: ['007'] } });
});

it.each([
  ['groups:\n  laptops:\n    manifest: nowhere.csv', 'line 3: groups.laptops.manifest: there is no file'],
  ['groups:\n  laptops:\n    - pc-01\n    - 007', 'line 4: groups.laptops.1 must be'],
  ['groups: {}\npolices: {}', "line 2: polices is not known; did you mean 'policies'?"],
  ['{\n"policies": {\n"a.b": 3}}', "line 3: policies.a.b must have members, such as 'downloadServer:'"],
])('a policy file names the line of what is wrong: %j', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

it('a policy file knows the places of its members', async () => {
  const { placeOf, codesFileOf } = await read('policies:\n  esim:\n    serverUrl: https://a.example\n');
  expect(placeOf(['policies', 'esim', 'serverUrl'])).toMatch(
    /policy\.yaml: line 3: policies\.esim\.serverUrl$/,
  );
  expect(placeOf(['policies', 'esim', 'include', '0'])).toMatch(/line 2: policies\.esim\.include\.0$/);
  expect(placeOf([])).toMatch(/policy\.yaml$/);
  expect(codesFileOf('esim')).toBeUndefined();
});
