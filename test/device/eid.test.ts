import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createVirtualDevice, loadManufacturer, MaterialError, UsageError } from '../../src/device/index.js';
import { testPkiFolder } from '../support/pki-folder.js';

describe('a virtual device of a PKI folder', () => {
  const eid = '89049032000000000000000000000163';
  const eidOfFolder = '89049032123451234512345678901235';
  let material: string;
  beforeAll(async () => {
    material = await testPkiFolder();
  });

  it('is the eUICC of the folder, or one with the EID that is given', () => {
    expect(createVirtualDevice({ material }).eid).toBe(eidOfFolder);
    expect(createVirtualDevice({ material, eid: eidOfFolder }).eid).toBe(eidOfFolder);
    const device = createVirtualDevice({ material, eid });
    expect([device.eid, device.euicc.eid]).toEqual([eid, eid]);
  });

  it('is refused if malformed, or if the material has another EID', () => {
    expect(() => createVirtualDevice({ material, eid: '8904' })).toThrow(
      /'8904' is not an EID; write 32 digits/,
    );
    const made = { eid, credentials: [], trustedCis: [] };
    expect(() => createVirtualDevice({ material: made, eid: eidOfFolder })).toThrow(MaterialError);
    expect(createVirtualDevice({ material: made, eid }).eid).toBe(eid);
  });

  it('has no other EID where the folder lacks the key of its manufacturer', async () => {
    const foreign = await testPkiFolder();
    for (const name of ['EUM', 'CI'])
      for (const curve of ['NIST', 'BRP']) rmSync(join(foreign, `SK_${name}_ECDSA_${curve}.pem`));
    expect(createVirtualDevice({ material: foreign, eid: eidOfFolder }).eid).toBe(eidOfFolder);
    expect(() => createVirtualDevice({ material: foreign, eid })).toThrow(
      /no manufacturer's key \(SK_EUM_\*\)/,
    );
    expect(() => loadManufacturer(foreign, eid)).toThrow(/\(SK_EUM_\*\) or CI's key \(SK_CI_\*\)/);
  });

  it('says that there is no activation code where it is given none', async () => {
    const device = createVirtualDevice({ material });
    for (const nothing of [null, { activationCode: null }]) {
      await expect(device.download(nothing)).rejects.toBeInstanceOf(UsageError);
      await expect(device.download(nothing)).rejects.toThrow(/until its order is confirmed/);
    }
  });
});
