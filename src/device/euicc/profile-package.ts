import { Asn1Error, encode, readAll, tagName, tlvValue, type Tlv } from '../../wire/asn1/index.js';
import { EuiccResponse } from '../../wire/rsp/index.js';

/** The values of PEStatus (SAIP 2.3, 9.1) that this eUICC reports. */
export const PeStatus = {
  ok: 0,
  peNotSupported: 1,
  badValues: 3,
  notEnoughMemory: 4,
  invalidRequestFormat: 5,
  unsupportedProfileVersion: 31,
} as const;

/** Raised if the package interpreter refuses a profile element. */
export class ProfileElementError extends Error {
  override readonly name = 'ProfileElementError';

  constructor(
    readonly status: keyof typeof PeStatus,
    message: string,
    readonly identification?: number,
  ) {
    super(message);
  }

  /** The EUICCResponse that reports this error, in DER. */
  get simaResponse(): Buffer {
    const { identification } = this;
    return encode(EuiccResponse, { peStatus: [{ status: PeStatus[this.status], identification }] });
  }
}

/** The EUICCResponse of a successful installation, in DER. */
export const peStatusOk: Buffer = encode(EuiccResponse, { peStatus: [{ status: PeStatus.ok }] });

/** The ICCIDs in a profile package, as octets of EF.ICCID (nibbles swapped). */
export interface ReadProfilePackage {
  readonly headerIccid: Buffer;
  readonly efIccid: Buffer;
}

const headerTag = 0xa0;
const endTag = 0xaa;
const mfTag = 0xb0;
const fileManagementTag = 0xa1;
/** Profile elements of SAIP 3.3 that are allowed between header and end. */
const elementTags = new Set([
  0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8,
  0xb9, 0xba, 0xbb, 0xbc, 0xbd, 0xbe, 0xbf1f, 0xbf20, 0xbf21,
]);

/**
 * Checks an unprotected profile package (SAIP). The header must come first, and the end element last. All elements between them must be
 * known, and each must have its own identification.
 *
 * @param free the eUICC's free memory in octets
 * @throws ProfileElementError
 */
export function readProfilePackage(octets: Buffer, free = Infinity): ReadProfilePackage {
  const elements = profileElements(octets);
  const [header] = elements;
  const end = elements.at(-1);
  if (header?.tag !== headerTag)
    throw new ProfileElementError('invalidRequestFormat', 'does not begin with a header');
  if (end?.tag !== endTag || end === header) {
    throw new ProfileElementError('invalidRequestFormat', 'does not end with an end element');
  }
  checkElements(elements);
  checkMemory(elements, free);
  const mf = elements.find((element) => element.tag === mfTag);
  if (!mf) throw new ProfileElementError('invalidRequestFormat', 'has no MF');
  return { headerIccid: headerIccid(header), efIccid: efIccid(mf) };
}

/** The profile elements of a package.
 *
 * @throws ProfileElementError
 */
export function profileElements(octets: Buffer): Tlv[] {
  try {
    return [...readAll(octets, 0, octets.length, 'minimal')];
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new ProfileElementError('invalidRequestFormat', `TLV at octet ${error.offset} ${error.message}`);
  }
}

function checkElements(elements: readonly Tlv[]): void {
  const seen = new Set<number>();
  for (const element of elements.slice(1)) {
    const id = identificationOf(element);
    if (element.tag !== endTag && !elementTags.has(element.tag)) {
      throw new ProfileElementError('peNotSupported', `has an unknown element ${tagName(element.tag)}`, id);
    }
    if (element.tag === endTag && element !== elements.at(-1)) {
      throw new ProfileElementError('invalidRequestFormat', 'has further elements after its end element', id);
    }
    if (id === undefined)
      throw new ProfileElementError('invalidRequestFormat', 'has an element without PEHeader');
    if (seen.has(id))
      throw new ProfileElementError('badValues', `has two elements with identification ${id}`, id);
    seen.add(id);
  }
}

/** Checks that the memory suffices for the octets of each element, and for the files that the element creates. */
function checkMemory(elements: readonly Tlv[], free: number): void {
  let needed = 0;
  for (const element of elements) {
    needed += element.end - element.start + createdBy(element);
    if (needed <= free) continue;
    throw new ProfileElementError(
      'notEnoughMemory',
      `needs ${needed} octets up to its element ${tagName(element.tag)}, but only ${free} are free`,
      identificationOf(element),
    );
  }
}

/** The sum of the file sizes in a PE-GenericFileManagement: `A1 { 30 { 62 { 80 efFileSize } } }`. */
function createdBy(element: Tlv): number {
  const commands = element.tag === fileManagementTag ? member(element, 0xa1) : undefined;
  if (!commands) return 0;
  return members(commands)
    .flatMap(members)
    .filter(({ tag }) => tag === 0x62)
    .map((fcp) => member(fcp, 0x80))
    .reduce((sum, size) => sum + (size ? sizeIn(size) : 0), 0);
}

/** The value of a file size. A size of more than 6 octets counts as larger than the memory of every eUICC. */
function sizeIn(size: Tlv): number {
  const octets = tlvValue(size);
  if (octets.length === 0) return 0;
  return octets.length <= 6 ? octets.readUIntBE(0, octets.length) : Number.MAX_SAFE_INTEGER;
}

/** The identification in the PEHeader, which is the first member: `A0 { 80 mandated, 81 identification }`. */
export function identificationOf(element: Tlv): number | undefined {
  const peHeader = member(element, 0xa0);
  const number = peHeader && member(peHeader, 0x81);
  if (!number) return undefined;
  const octets = tlvValue(number);
  return octets.length >= 1 && octets.length <= 4 ? octets.readIntBE(0, octets.length) : undefined;
}

function headerIccid(header: Tlv): Buffer {
  const major = member(header, 0x80);
  const version = major && tlvValue(major)[0];
  if (version !== 2 && version !== 3) {
    throw new ProfileElementError('unsupportedProfileVersion', `has major version ${version ?? '(none)'}`);
  }
  const iccid = member(header, 0x83);
  if (!iccid || iccid.end - iccid.valueStart !== 10) {
    throw new ProfileElementError('badValues', 'has no ICCID of 10 octets in its header');
  }
  return Buffer.from(tlvValue(iccid).map((octet) => (octet >> 4) | ((octet & 0x0f) << 4)));
}

/** The content of EF.ICCID: each fillFileContent, written at its fillFileOffset. */
function efIccid(mf: Tlv): Buffer {
  const file = member(mf, 0xa4);
  if (!file) throw new ProfileElementError('badValues', 'has no EF.ICCID in its MF', identificationOf(mf));
  const content = Buffer.alloc(10, 0xff);
  let at = 0;
  for (const part of members(file)) {
    const value = tlvValue(part);
    if (part.tag === 0x82 && value.length <= 2) at += value.readUIntBE(0, value.length);
    if (part.tag !== 0x83) continue;
    if (at + value.length > content.length) {
      throw new ProfileElementError('badValues', 'has more than 10 octets in EF.ICCID', identificationOf(mf));
    }
    value.copy(content, at);
    at += value.length;
  }
  return content;
}

function members(outer: Tlv): Tlv[] {
  try {
    return [...readAll(outer.bytes, outer.valueStart, outer.end, outer.lengths)];
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new ProfileElementError('invalidRequestFormat', `element ${tagName(outer.tag)} ${error.message}`);
  }
}

const member = (outer: Tlv, tag: number): Tlv | undefined => members(outer).find((each) => each.tag === tag);
