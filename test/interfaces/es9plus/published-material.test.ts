import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadEuiccMaterial } from '../../../src/device/index.js';
import { temporaryFolder } from '../../support/pki-folder.js';
import { hasShared, sharedPath } from '../../support/shared.js';
import { startTestSmdp } from '../../support/smdp.js';
import { Conversation } from './support/conversation.js';

const reason = hasShared ? '' : ' (skipped: the published material is not beside the checkout)';
const smdp = await startTestSmdp();

/** A copy of the folder, since what is missing is issued into it; with the address that its TLS certificates are for. */
function sgp26Place(): { pkiFolder: string; address: string } {
  const pkiFolder = join(temporaryFolder(), 'sgp26');
  cpSync(sharedPath('sgp26'), pkiFolder, { recursive: true });
  return { pkiFolder, address: 'testsmdpplus1.example.com' };
}
const place = hasShared ? sgp26Place() : undefined;
const sgp26 = place && (await startTestSmdp(place));

it.skipIf(!hasShared)(
  `the eUICC of SGP.26 downloads from a server with its certificates${reason}`,
  async () => {
    const profile = await sgp26!.prepare();
    const device = sgp26!.device({ material: loadEuiccMaterial(place!.pkiFolder) });
    const result = await device.download({ smdpAddress: sgp26!.address, matchingId: profile.matchingId! });
    expect(result).toMatchObject({ outcome: 'installed', smdpOid: '2.999.10', deliveryError: undefined });
    expect(await sgp26!.profile(profile)).toMatchObject({ state: 'Installed', eid: device.eid });
  },
);

it.skipIf(!hasShared).each(['TS48v1_A', 'TS48v5_SAIP2.1A_NoBERTLV', 'TS48v5_SAIP2.3_NoBERTLV'])(
  `the package %s arrives octet by octet, protected with either kind of keys${reason}`,
  async (name) => {
    const upp = readFileSync(sharedPath('ts48', `${name}.der`));
    for (const protection of ['session', 'random'] as const) {
      const profileType = `${name}-${protection}`;
      const source = { kind: 'uploaded', upp, personalise: 'none' } as const;
      await smdp.context.profileTypes.put({ name: profileType, source, metadata: {}, protection });
      const { matchingId, iccid } = await smdp.prepare({ profileType });
      const conversation = await Conversation.bound(smdp, { matchingId });
      expect(conversation.load().fault).toBeUndefined();
      expect(conversation.device.euicc.installedPackage(iccid)).toEqual(upp);
    }
  },
);
