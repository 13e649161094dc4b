import { ipv4 } from './pcapng.js';
import type { Endpoint } from './tcp.js';

/** Tags in front of an exported PDU of Wireshark (epan/exported_pdu.h). All numbers are big-endian. */
const tag = {
  end: 0,
  dissectorName: 12,
  dissectorTable: 14,
  ipv4Source: 20,
  ipv4Destination: 21,
  portType: 24,
  sourcePort: 25,
  destinationPort: 26,
  valueInTable: 32,
  protocolColumn: 33,
  infoColumn: 36,
} as const;

const portTypeTcp = 2;

const u32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(value);
  return octets;
};

function field(name: keyof typeof tag, value: string | Buffer = ''): Buffer {
  const content = Buffer.from(value as string);
  const length = (content.length + 3) & ~3;
  const octets = Buffer.alloc(4 + length);
  octets.writeUInt16BE(tag[name], 0);
  octets.writeUInt16BE(length, 2);
  octets.set(content, 4);
  return octets;
}

/** Octets that Wireshark is to dissect without the packets that carried them. */
export interface ExportedPdu {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The dissector, by its own name or by a number in a table of dissectors. */
  readonly dissector: string | { readonly table: string; readonly value: number };
  /** Text of the column Protocol. */
  readonly protocol: string;
  /** Text of the column Info. */
  readonly info: string;
  readonly octets: Buffer;
}

/** A packet of LINKTYPE_WIRESHARK_UPPER_PDU: tags that say how to dissect the octets, followed by the octets. */
export function exportedPdu({ from, to, dissector, protocol, info, octets }: ExportedPdu): Buffer {
  const how =
    typeof dissector === 'string'
      ? [field('dissectorName', dissector)]
      : [field('dissectorTable', dissector.table), field('valueInTable', u32(dissector.value))];
  return Buffer.concat([
    ...how,
    field('ipv4Source', ipv4(from.address)),
    field('ipv4Destination', ipv4(to.address)),
    field('portType', u32(portTypeTcp)),
    field('sourcePort', u32(from.port)),
    field('destinationPort', u32(to.port)),
    field('protocolColumn', protocol),
    field('infoColumn', info),
    field('end'),
    octets,
  ]);
}
