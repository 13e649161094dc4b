/** The parts of a pcapng file that Wireshark needs (draft-ietf-opsawg-pcapng). All numbers are little-endian. */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE = 1;
const NAME_RESOLUTION = 4;
const ENHANCED_PACKET = 6;

/** How the packets of an interface begin: with an IP header, or with the tags of an exported PDU. */
const linkType = { raw: 101, exportedPdu: 252 } as const;

/** An interface of a capture. A packet names its interface by the index in the list of interfaces. */
export interface CaptureInterface {
  readonly link: keyof typeof linkType;
  readonly name: string;
  readonly description: string;
}

const OPT_COMMENT = 1;
const OPT_IF_NAME = 2;
const OPT_IF_DESCRIPTION = 3;

const u16 = (value: number): Buffer => {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
};
const u32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value >>> 0);
  return octets;
};
const padded = (octets: Buffer): Buffer => Buffer.concat([octets, Buffer.alloc(-octets.length & 3)]);

function block(type: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = u32(body.length + 12);
  return Buffer.concat([u32(type), length, body, length]);
}

/** Maximum number of octets in a comment. A comment has a 16-bit length. */
const longestComment = 65_000;

/** The options of a block, followed by the mark for the end of the options. */
function options(all: readonly (readonly [code: number, text: string])[]): Buffer {
  if (all.length === 0) return Buffer.alloc(0);
  const encoded = all.flatMap(([code, text]) => {
    const octets = Buffer.from(text).subarray(0, longestComment);
    return [u16(code), u16(octets.length), padded(octets)];
  });
  return Buffer.concat([...encoded, u32(0)]);
}

/** The blocks at the beginning of a file. `names` gives readable names to IPv4 addresses. */
export function fileHead(
  interfaces: readonly CaptureInterface[],
  names: Readonly<Record<string, string>>,
): Buffer {
  const section = block(SECTION_HEADER, u32(0x1a2b3c4d), u16(1), u16(0), Buffer.alloc(8, 0xff));
  const links = interfaces.map(({ link, name, description }) => {
    const texts = options([
      [OPT_IF_NAME, name],
      [OPT_IF_DESCRIPTION, description],
    ]);
    return block(INTERFACE, u16(linkType[link]), u16(0), u32(0), texts);
  });
  const records = Object.entries(names).map(([address, name]) => {
    const value = Buffer.concat([ipv4(address), Buffer.from(`${name}\0`)]);
    return Buffer.concat([u16(1), u16(value.length), padded(value)]);
  });
  return Buffer.concat([section, ...links, block(NAME_RESOLUTION, ...records, u32(0))]);
}

/** A packet. `on` is the number of its interface. */
export interface CapturedPacket {
  readonly octets: Buffer;
  readonly on?: number;
  readonly remarks?: readonly string[];
}

/** One packet. @param at milliseconds since 1970 */
export function packetBlock(at: number, { octets, on = 0, remarks = [] }: CapturedPacket): Buffer {
  const microseconds = BigInt(Math.max(0, Math.round(at * 1000)));
  const times = Buffer.concat([u32(Number(microseconds >> 32n)), u32(Number(microseconds & 0xffffffffn))]);
  const length = u32(octets.length);
  const comments = options(remarks.map((text) => [OPT_COMMENT, text]));
  return block(ENHANCED_PACKET, u32(on), times, length, length, padded(octets), comments);
}

/** The four octets of an IPv4 address. */
export const ipv4 = (address: string): Buffer => Buffer.from(address.split('.').map(Number));
