import { tlv } from '../../wire/asn1/index.js';
import { iccidToOctets } from '../../wire/rsp/index.js';
import type { VirtualEuicc } from '../euicc/index.js';

/** A file of the card (ETSI TS 102 221 8). */
export interface CardFile {
  readonly id: number;
  /** Short file identifier. READ BINARY and READ RECORD can name the file by it. */
  readonly sfi?: number;
  readonly kind: 'folder' | 'transparent' | 'records';
  /** Content of a transparent file. */
  readonly content: (euicc: VirtualEuicc) => Buffer;
  /** Records of a linear fixed file. All have the same length. */
  readonly records: readonly Buffer[];
}

const empty = (): Buffer => Buffer.alloc(0);
const recordLength = 38;

/** The master file. */
export const masterFile: CardFile = { id: 0x3f00, kind: 'folder', content: empty, records: [] };

/**
 * The files that exist without a profile. EF.ICCID contains the ICCID of the enabled profile. If no profile is enabled,
 * all digits in EF.ICCID are F. EF.DIR has one empty record, because a virtual eUICC runs no applications.
 */
export const files: readonly CardFile[] = [
  masterFile,
  {
    id: 0x2f00,
    sfi: 0x1e,
    kind: 'records',
    content: empty,
    records: [Buffer.alloc(recordLength, 0xff)],
  },
  { id: 0x2fe2, sfi: 0x02, kind: 'transparent', content: enabledIccid, records: [] },
];

function enabledIccid(euicc: VirtualEuicc): Buffer {
  const enabled = euicc.getProfilesInfo().find(({ state }) => state === 'enabled');
  return enabled ? iccidToOctets(enabled.iccid) : Buffer.alloc(10, 0xff);
}

const descriptors = { folder: '7821', transparent: '4121', records: `42210026` } as const;
const activated = Buffer.of(5);

/** Security attributes (ETSI TS 102 221 11.1.1.4.7.1): files can be read by everyone, and changed by nobody. */
const access = {
  folder: tlv(0x8c, Buffer.of(0x00)),
  transparent: tlv(0x8c, Buffer.of(0x01, 0x00)),
  records: tlv(0x8c, Buffer.of(0x01, 0x00)),
} as const;

/**
 * What the MF says about the card (ETSI TS 102 221 11.1.1.4.6): the clock may stop, and the card knows TERMINAL CAPABILITY. A
 * device sends this command only if the MF says so.
 */
const cardCharacteristics = tlv(0xa5, tlv(0x80, Buffer.of(0x71)), tlv(0x87, Buffer.of(0x01)));

/** File control parameters in the answer to SELECT (ETSI TS 102 221 11.1.1.3). */
export function controlParameters(file: CardFile, euicc: VirtualEuicc): Buffer {
  const count = file.kind === 'records' ? Buffer.of(file.records.length) : empty();
  const size = Buffer.concat([file.content(euicc), ...file.records]).length;
  return tlv(
    0x62,
    tlv(0x82, Buffer.from(descriptors[file.kind], 'hex'), count),
    tlv(0x83, unsigned16(file.id)),
    ...(file === masterFile ? [cardCharacteristics] : []),
    tlv(0x8a, activated),
    access[file.kind],
    ...(file.kind === 'folder'
      ? [tlv(0xc6, tlv(0x90, Buffer.of(0)), tlv(0x83, Buffer.of(1)))]
      : [tlv(0x80, unsigned16(size)), tlv(0x88, Buffer.of(file.sfi! << 3))]),
  );
}

const unsigned16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);
