import { Asn1Error, readAll, tlvBytes, tlvValue, type Tlv } from '../../wire/asn1/index.js';
import { decode } from '../../wire/asn1/index.js';
import { Fcp } from '../saip/index.js';
import type { FileKind, Member } from '../saip/members.js';

/** A file that a package creates or fills, as it is after the installation. */
export interface PackageFile {
  /** Name of the member in the ASN.1 module, or the path in a GenericFileManagement. */
  readonly name: string;
  /** File identifier, four hex digits. For an ADF, its temporary file identifier. */
  readonly fid?: string | undefined;
  readonly kind?: FileKind | undefined;
  /** AID of an ADF, hex. */
  readonly aid?: string | undefined;
  /** Size in octets, from the package. If the package gives no size, from the template. */
  readonly size?: number | undefined;
  readonly recordLength?: number | undefined;
  /** Octets that the package writes, in order. */
  readonly writes: readonly Write[];
  /** The file control parameters. Absent if those of the template apply. */
  readonly fcp?: Fcp | undefined;
  /** False if the package tells the eUICC not to create the file. */
  readonly isCreated: boolean;
  /** Whether the file has several descriptors, or a descriptor after content. */
  readonly hasMisplacedDescriptor: boolean;
  /** Offset of the file in the package. */
  readonly offset: number;
}

/** Octets that are written into a file. */
export interface Write {
  /** Position in the file. */
  readonly at: number;
  readonly octets: Buffer;
}

/** The steps that create and fill a file, from a `File` or a FileManagement of SAIP. */
export interface FileCommands {
  readonly fcp?: Fcp | undefined;
  readonly writes: readonly Write[];
  readonly isCreated: boolean;
  readonly hasMisplacedDescriptor: boolean;
}

/** Reads a `File`. @throws Asn1Error */
export function readFile(tlv: Tlv, member: Member | undefined, name: string): PackageFile {
  const commands = new Commands();
  for (const step of readAll(tlv.bytes, tlv.valueStart, tlv.end, tlv.lengths)) {
    if (step.tag === 0x80) commands.doNotCreate();
    else if (step.tag === 0xa1) commands.describe(decode(Fcp, tlvBytes(step)));
    else if (step.tag === 0x82) commands.moveOn(tlvValue(step));
    else if (step.tag === 0x83) commands.write(tlvValue(step));
    else throw new Asn1Error('is not a step of a File', step.start).within(name);
  }
  return fileOf(commands, name, member, tlv.start);
}

/** Collects the steps in the order in which the eUICC executes them. */
export class Commands implements FileCommands {
  fcp: Fcp | undefined;
  writes: Write[] = [];
  isCreated = true;
  hasMisplacedDescriptor = false;
  #at = 0;

  describe(fcp: Fcp): void {
    if (this.fcp || this.writes.length > 0) this.hasMisplacedDescriptor = true;
    this.fcp = fcp;
  }

  doNotCreate(): void {
    this.isCreated = false;
  }

  /** The offset counts from the end of the preceding content. */
  moveOn(octets: Buffer): void {
    this.#at += octets.readUIntBE(0, Math.min(octets.length, 3));
  }

  write(octets: Buffer): void {
    this.writes.push({ at: this.#at, octets });
    this.#at += octets.length;
  }
}

/** Combines what the package says about a file with its template. */
export function fileOf(
  { fcp, writes, isCreated, hasMisplacedDescriptor }: FileCommands,
  name: string,
  member: Member | undefined,
  offset: number,
): PackageFile {
  const descriptor = fcp?.fileDescriptor;
  const recordLength =
    descriptor?.length === 4
      ? descriptor.readUInt16BE(2)
      : member?.records === undefined
        ? undefined
        : member.size;
  const templateSize = member?.size === undefined ? undefined : member.size * (member.records ?? 1);
  return {
    name,
    fid: fcp?.fileID?.toString('hex').toUpperCase() ?? member?.fid,
    kind: (descriptor && kindOf(descriptor, member?.kind)) ?? member?.kind,
    aid: fcp?.dfName?.toString('hex').toUpperCase(),
    size: fcp?.efFileSize ? numberOf(fcp.efFileSize) : templateSize,
    recordLength,
    writes,
    fcp,
    isCreated,
    hasMisplacedDescriptor,
    offset,
  };
}

/** The kind in the first octet of a file descriptor (ETSI TS 102 222, 6.3.2.2.2). */
function kindOf(descriptor: Buffer, templateKind: FileKind | undefined): FileKind | undefined {
  const octet = descriptor[0]! & 0x3f;
  if (octet === 0x39) return 'BER-TLV';
  if ((octet & 0x38) === 0x38) return templateKind === 'MF' || templateKind === 'ADF' ? templateKind : 'DF';
  return ({ 1: 'transparent', 2: 'linear', 6: 'cyclic' } as const)[octet & 0x07];
}

/** The content of a file: what the package writes, with FF where it writes nothing. At most `most` octets. */
export function contentOf({ writes, size }: PackageFile, most = 0xffff): Buffer {
  const written = Math.max(0, ...writes.map(({ at, octets }) => at + octets.length));
  const content = Buffer.alloc(Math.min(most, Math.max(size ?? 0, written)), 0xff);
  for (const { at, octets } of writes)
    if (at < content.length) content.set(octets.subarray(0, content.length - at), at);
  return content;
}

/** Whether the package writes any octets into the file. */
export const isFilled = ({ writes }: PackageFile): boolean => writes.length > 0;

export const numberOf = (octets: Buffer): number =>
  octets.length === 0 ? 0 : octets.length > 6 ? Number.MAX_SAFE_INTEGER : octets.readUIntBE(0, octets.length);
