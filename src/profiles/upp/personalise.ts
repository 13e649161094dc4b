import { iccidToOctets } from '../../wire/rsp/index.js';
import { ProfileDataError, UppError } from '../errors.js';
import { checkIccid, iccidInHeader } from '../iccid.js';
import { accessClassOf, checkImsi, imsiFromIccid, imsiToFile } from '../imsi.js';
import type { Field, Upp } from './read.js';

/**
 * What is written into a package for each profile. `none`: nothing, the package is delivered byte for byte. `iccid`: the ICCID, in
 * header and EF.ICCID. `all`: ICCID, IMSI and access class, and on request K and OPc.
 */
export const personalisations = ['none', 'iccid', 'all'] as const;
export type Personalisation = (typeof personalisations)[number];

/** Data that distinguish a profile from others of its type. */
export interface PersonalData {
  /** 18 to 20 digits. */
  readonly iccid: string;
  /** 6 to 15 digits. Default: derived from the ICCID. */
  readonly imsi?: string;
  /** K, 16 octets. Default: K of the type. */
  readonly k?: Buffer;
  /** OPc, 16 octets. Default: OPc of the type. */
  readonly opc?: Buffer;
}

/** Produces the package of one profile. */
export type Personaliser = (personal: PersonalData) => Buffer;

/**
 * Creates a function that copies `package_` and overwrites personal data in place, so that a profile costs only one copy.
 *
 * Other names derived from the IMSI (EF.IMPI of an ISIM, EF.IMSI_M of a CSIM) are not changed.
 *
 * @param imsiPattern pattern for profiles without an IMSI of their own; see {@link imsiFromIccid}
 * @throws UppError if the package lacks fields that `personalisation` needs to write
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
      `${name} is missing, so it cannot be personalised; upload the package with personalise=none to deliver it unchanged`,
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
      `has ${octets.length} octets, but the package has space for ${field.length}`,
    );
  }
  write(copy, field, octets);
}
