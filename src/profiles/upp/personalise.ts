import { iccidToOctets } from '../../wire/rsp/index.js';
import { ProfileDataError, UppError } from '../errors.js';
import { checkIccid, iccidInHeader } from '../iccid.js';
import { accessClassOf, checkImsi, imsiFromIccid, imsiToFile } from '../imsi.js';
import type { Field, Upp } from './read.js';

/**
 * What is written into a package for each profile: nothing, so that it goes out byte for byte; the ICCID, in header and
 * EF.ICCID; or all of ICCID, IMSI, access class, and on request K and OPc.
 */
export const personalisations = ['none', 'iccid', 'all'] as const;
export type Personalisation = (typeof personalisations)[number];

/** What makes a profile different from others of its type. */
export interface PersonalData {
  /** 18 to 20 digits. */
  readonly iccid: string;
  /** 6 to 15 digits; default: made from the ICCID. */
  readonly imsi?: string;
  /** K in 16 octets; default: that of the type. */
  readonly k?: Buffer;
  /** OPc in 16 octets; default: that of the type. */
  readonly opc?: Buffer;
}

/** Makes the package of one profile. */
export type Personaliser = (personal: PersonalData) => Buffer;

/**
 * A function that copies `package_` and writes personal data over it in place, so that one profile costs a copy.
 *
 * Names that are made from the IMSI elsewhere (EF.IMPI of an ISIM, EF.IMSI_M of a CSIM) stay as they are.
 *
 * @param imsiPattern where the IMSI comes from when a profile has none of its own; see {@link imsiFromIccid}
 * @throws UppError when the package lacks the fields that `personalisation` is to write
 */
export function personaliser(
  package_: Buffer,
  { elements, fields }: Upp,
  personalisation: Personalisation,
  imsiPattern: string,
): Personaliser {
  if (personalisation === 'none') return () => package_;
  const needed = (field: Field | undefined, name: string): Field => {
    if (field) return field;
    throw new UppError(
      `no ${name} found that could be personalised; upload the package with personalise=none to send it as it is`,
      elements.length,
      package_.length,
    );
  };
  const fileIccid = needed(fields.fileIccid, 'EF.ICCID in PE-MF');

  const writeIccid = (copy: Buffer, iccid: string): void => {
    write(copy, fields.headerIccid, iccidInHeader(iccid));
    write(copy, fileIccid, iccidToOctets(iccid));
  };
  if (personalisation === 'iccid') {
    return ({ iccid }) => {
      const copy = Buffer.from(package_);
      writeIccid(copy, checkIccid(iccid));
      return copy;
    };
  }

  const imsiFile = needed(fields.imsi, 'EF.IMSI in PE-USIM');
  return ({ iccid, imsi, k, opc }) => {
    const copy = Buffer.from(package_);
    writeIccid(copy, checkIccid(iccid));
    const subscriber = imsi === undefined ? imsiFromIccid(imsiPattern, iccid) : checkImsi(imsi);
    write(copy, imsiFile, imsiToFile(subscriber));
    if (fields.accessClass) write(copy, fields.accessClass, accessClassOf(subscriber));
    if (k) for (const field of fields.k) writeKey(copy, field, k, 'k');
    if (opc) for (const field of fields.opc) writeKey(copy, field, opc, 'opc');
    return copy;
  };
}

const write = (copy: Buffer, { offset }: Field, octets: Buffer): void => copy.set(octets, offset);

function writeKey(copy: Buffer, field: Field, octets: Buffer, name: string): void {
  if (octets.length !== field.length) {
    throw new ProfileDataError(
      name,
      `has ${octets.length} octets where the package has room for ${field.length}`,
    );
  }
  write(copy, field, octets);
}
