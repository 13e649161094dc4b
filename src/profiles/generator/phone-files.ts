import { plmnOctets } from '../plmn.js';
import type { File } from '../saip/index.js';
import { file, sizedFile, usimRule } from './files.js';
import { forbiddenNetworks } from './networks.js';
import type { CompleteParameters } from './parameters.js';

const unset = (octets: number): Buffer => Buffer.alloc(octets, 0xff);

/** Key set identifier 7: no key agreed yet (TS 31.102, 4.2.3). */
const noKeys = Buffer.concat([Buffer.of(0x07), unset(32)]);

/** Area codes that mean "none" (TS 24.008, 10.5.1.3; TS 24.301, 9.9.3.32). */
const NO_AREA = Buffer.from('fffe', 'hex');

/** Length of EF.FPLMN in its template. */
const FPLMN_LENGTH = 12;

const NOT_UPDATED = Buffer.of(0x01);

/** The files of TS 31.102 in which a phone stores its keys and location, in their state before the first registration. */
export function phoneFiles({ mcc, mnc, forbiddenPlmns }: CompleteParameters): Record<string, File> {
  const plmn = plmnOctets(mcc, mnc);
  const area = Buffer.concat([plmn, NO_AREA]);
  const updatable = (content: Buffer): File => file(usimRule('updateWithPin'), content);
  const sizedIfLonger = (content: Buffer): File =>
    content.length === FPLMN_LENGTH ? updatable(content) : sizedFile(usimRule('updateWithPin'), content);
  return {
    'ef-keys': updatable(noKeys),
    'ef-keysPS': updatable(noKeys),
    'ef-hpplmn': file(usimRule('readWithPin'), Buffer.of(0x05)),
    'ef-start-hfn': updatable(Buffer.from('f00000f00000', 'hex')),
    'ef-threshold': file(usimRule('readWithPin'), unset(3)),
    'ef-psloci': updatable(Buffer.concat([unset(7), area, unset(1), NOT_UPDATED])),
    'ef-fplmn': sizedIfLonger(forbiddenNetworks(forbiddenPlmns)),
    'ef-loci': updatable(Buffer.concat([unset(4), area, unset(1), NOT_UPDATED])),
    'ef-netpar': updatable(unset(128)),
    'ef-epsloci': updatable(Buffer.concat([unset(12), area, NOT_UPDATED])),
    'ef-epsnsc': updatable(unset(80)),
  };
}
