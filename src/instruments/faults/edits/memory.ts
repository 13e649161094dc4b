import { Asn1Error, readAll, tlv, tlvBytes } from '../../../wire/asn1/index.js';
import { ChangeError } from './error.js';

/** Largest file size that fits into two octets. */
const largestFile = 0xffff;

/**
 * Highest permitted identification of a profile element. Packages number their elements from 1, so this identification
 * is free.
 */
const lastIdentification = 0x7fff;

/**
 * Changes a profile package so that the eUICC creates files of this many additional octets. Inserts a
 * PE-GenericFileManagement (SAIP 8.3.5) before the end. The package does not carry the content of the files.
 *
 * @throws ChangeError if the package is not a series of profile elements
 */
export function askForMemory(profilePackage: Buffer, octets: number): Buffer {
  const elements = elementsOf(profilePackage);
  const end = elements.pop();
  if (!end) throw new ChangeError('has no profile elements');
  return Buffer.concat([...elements, fileManagement(octets), end]);
}

function elementsOf(profilePackage: Buffer): Buffer[] {
  try {
    return [...readAll(profilePackage, 0, profilePackage.length, 'definite')].map(tlvBytes);
  } catch (error) {
    if (error instanceof Asn1Error)
      throw new ChangeError(`cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

function fileManagement(octets: number): Buffer {
  const files = Array.from({ length: Math.ceil(octets / largestFile) }, (_, index) =>
    transparentFile(0x4f00 + index, Math.min(largestFile, octets - index * largestFile)),
  );
  const header = tlv(0xa0, tlv(0x80, Buffer.alloc(0)), tlv(0x81, uint16(lastIdentification)));
  const inMasterFile = tlv(0x80, uint16(0x3f00));
  return tlv(0xa1, header, tlv(0xa1, tlv(0x30, inMasterFile, ...files)));
}

/** FCP of a transparent, activated EF that uses the first rule of EF.ARR. */
const transparentFile = (id: number, size: number): Buffer =>
  tlv(
    0x62,
    tlv(0x82, Buffer.of(0x41, 0x21)),
    tlv(0x83, uint16(id)),
    tlv(0x8a, Buffer.of(0x05)),
    tlv(0x8b, Buffer.of(0x2f, 0x06, 0x01)),
    tlv(0x80, uint16(size)),
  );

const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff);
