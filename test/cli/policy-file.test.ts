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
      /policy\.yaml: groups\.laptops\.1 must be the name of a device; write it in quotes/,
    );
  },
);

it('a policy file takes names in quotes as they are', async () => {
  expect((await read(`groups: {laptops: ['007']}`)).groups).toEqual({ laptops: { devices: ['007'] } });
});
