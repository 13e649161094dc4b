import { encode, type Infer } from '../../wire/asn1/index.js';
import { swapNibbles } from '../../wire/rsp/index.js';
import { PEOptUsim, template, type File, type PEHeader } from '../saip/index.js';
import { linearFile, sizedFile, usimRule } from './files.js';
import { networksWithTechnologies } from './networks.js';
import type { CompleteParameters } from './parameters.js';

const ALPHA_LENGTH = 10;
const NUMBER_LENGTH = 10;

/** A record of EF.MSISDN (TS 31.102, 4.2.26): empty name, number as in TS 24.008, no extension. */
function msisdnRecord(msisdn: string): Buffer {
  const digits = msisdn.replace('+', '');
  const number = swapNibbles(Buffer.from(digits.padEnd(2 * NUMBER_LENGTH, 'F'), 'hex'));
  const typeAndPlan = msisdn.startsWith('+') ? 0x91 : 0x81;
  const length = 1 + Math.ceil(digits.length / 2);
  return Buffer.concat([
    Buffer.alloc(ALPHA_LENGTH, 0xff),
    Buffer.of(length, typeAndPlan),
    number,
    Buffer.of(0xff, 0xff),
  ]);
}

/** Whether the profile needs PE-OPT-USIM and its template. */
export const hasOptionalFiles = ({ gid1, gid2, msisdn, ...lists }: CompleteParameters): boolean =>
  Boolean(gid1 || gid2 || msisdn) ||
  [lists.userPlmns, lists.operatorPlmns, lists.homePlmns].some(({ length }) => length > 0);

/** Minimum number of networks for which EF.PLMNwAcT and EF.OPLMNwAcT have space (TS 31.102, 4.2.5 and 4.2.53). */
const LEAST_NETWORKS = 8;

/** PE-OPT-USIM: group identifiers, telephone number, and lists of networks. */
export function optUsim(header: Infer<typeof PEHeader>, parameters: CompleteParameters): Buffer {
  const { gid1, gid2, msisdn, userPlmns, operatorPlmns, homePlmns } = parameters;
  const groupIdentifier = (hex: string | undefined): File | undefined =>
    hex === undefined ? undefined : sizedFile(usimRule('readWithPin'), Buffer.from(hex, 'hex'));
  const networks = (
    list: readonly string[],
    least: number,
    rule: 'readWithPin' | 'updateWithPin',
  ): File | undefined =>
    list.length === 0 ? undefined : sizedFile(usimRule(rule), networksWithTechnologies(list, least));
  const record = msisdn === '' ? undefined : msisdnRecord(msisdn);
  return encode(PEOptUsim, {
    'optusim-header': header,
    templateID: template.optUsim,
    'ef-gid1': groupIdentifier(gid1),
    'ef-gid2': groupIdentifier(gid2),
    'ef-msisdn': record && linearFile(usimRule('updateWithPin'), record.length, 1, record),
    'ef-plmnwact': networks(userPlmns, LEAST_NETWORKS, 'updateWithPin'),
    'ef-oplmnwact': networks(operatorPlmns, LEAST_NETWORKS, 'readWithPin'),
    'ef-hplmnwact': networks(homePlmns, 1, 'readWithPin'),
  });
}
