import { Asn1Error, readAll, readTlv, tagName, tlvBytes, tlvValue, type Tlv } from '../../wire/asn1/index.js';

/** The parts of a bound profile package, in order. A2 is optional. */
const layout = [0xbf23, 0xa0, 0xa1, 0xa2, 0xa3];

/**
 * The containers that the LPA sends in several units (first the header, then each segment), with the tags of their
 * segments.
 */
const segmentTags: Readonly<Record<number, number>> = { 0xa1: 0x88, 0xa3: 0x86 };

/** A bound profile package, split into units. */
export interface SegmentedPackage {
  /** One unit for each call of ES10b.LoadBoundProfilePackage. */
  readonly units: readonly Buffer[];
  /** The StoreMetadataRequest (DER), joined from the segments with tag `88`, which are not encrypted. */
  readonly profileMetadata: Buffer;
}

/**
 * Splits a bound profile package into units, one for each call of ES10b.LoadBoundProfilePackage (SGP.22 2.5.5).
 *
 * @throws Asn1Error when the package does not have the layout of SGP.22 2.5.3
 */
export function segmentBoundProfilePackage(boundProfilePackage: Buffer): SegmentedPackage {
  const outer = readTlv(boundProfilePackage, 0, boundProfilePackage.length, 'minimal');
  if (outer.tag !== 0xbf36) throw new Asn1Error(`has tag ${tagName(outer.tag)} instead of BF36`, 0);
  if (outer.end !== boundProfilePackage.length) throw new Asn1Error('is followed by other octets', outer.end);
  const parts = [...readAll(boundProfilePackage, outer.valueStart, outer.end, 'minimal')];
  checkLayout(parts);
  const units = parts.flatMap((part) => unitsOf(part, boundProfilePackage));
  const [first] = units;
  units[0] = boundProfilePackage.subarray(0, outer.valueStart + first!.length);
  return { units, profileMetadata: metadataIn(parts.find(({ tag }) => tag === 0xa1)!) };
}

function checkLayout(parts: readonly Tlv[]): void {
  const present = parts.map(({ tag }) => tag);
  const wanted = layout.filter((tag) => tag !== 0xa2 || present.includes(0xa2));
  if (present.length !== wanted.length || present.some((tag, index) => tag !== wanted[index])) {
    throw new Asn1Error(
      `consists of ${present.map(tagName).join(' ')} instead of ${wanted.map(tagName).join(' ')}`,
      0,
    );
  }
}

function unitsOf(part: Tlv, bytes: Buffer): Buffer[] {
  const segmentTag = segmentTags[part.tag];
  if (segmentTag === undefined) return [tlvBytes(part)];
  const segments = [...readAll(bytes, part.valueStart, part.end, 'minimal')];
  const foreign = segments.find(({ tag }) => tag !== segmentTag);
  if (foreign) {
    throw new Asn1Error(
      `holds tag ${tagName(foreign.tag)} instead of ${tagName(segmentTag)}`,
      foreign.start,
    ).within(tagName(part.tag));
  }
  return [bytes.subarray(part.start, part.valueStart), ...segments.map(tlvBytes)];
}

const macOctets = 8;

const metadataIn = (part: Tlv): Buffer =>
  Buffer.concat(
    [...readAll(part.bytes, part.valueStart, part.end, 'minimal')].map((segment) =>
      tlvValue(segment).subarray(0, -macOctets),
    ),
  );
