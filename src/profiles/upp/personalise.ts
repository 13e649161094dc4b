import { iccidToOctets } from '../../wire/rsp/index.js';
import { ProfileDataError, UppError } from '../errors.js';
import { checkIccid, iccidInHeader } from '../iccid.js';
import { accessClassOf, checkImsi, imsiFromIccid, imsiToFile } from '../imsi.js';
import type { Field, Upp } from './read.js';

/**
 * What the server writes into the package of each profile. `none`: nothing, so the package is delivered byte for byte. `iccid`: the
 * ICCID, in header and EF.ICCID. `all`: the ICCID, IMSI and access class, and also K and OPc if they are given.
 */
export const personalisations = ['none', 'iccid', 'all'] as const;
export type Personalisation = (typeof personalisations)[number];

/** The data that distinguish a profile from other profiles of its type. */
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
 * Creates a function that copies `package_` once and overwrites the personal data in the copy.
 *
 * Does not change other data that are derived from the IMSI (EF.IMPI of an ISIM, EF.IMSI_M of a CSIM).
 *
 * @param imsiPattern the pattern for profiles without their own IMSI; see {@link imsiFromIccid}
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
