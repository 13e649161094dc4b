import { ipv4 } from './pcapng.js';

/** Flags of a TCP segment (RFC 9293, 3.1). */
export const flag = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** One end of a connection. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Maximum number of payload octets in a packet. An IPv4 packet has at most 65,535 octets. */
const largest = 65_000;

/** The options of a SYN: maximum segment size (RFC 9293, 3.2), selective acknowledgements (RFC 2018), padding. */
const synOptions = Buffer.of(2, 4, largest >> 8, largest & 0xff, 4, 2, 1, 1);

/** A TCP connection in a capture. Numbers the octets of both directions. */
export class Connection {
  readonly #ends: readonly [client: Endpoint, server: Endpoint];
  #next: [client: number, server: number] = [1000, 2000];

  constructor(
    readonly client: Endpoint,
    readonly server: Endpoint,
  ) {
    this.#ends = [client, server];
  }

  /** The three packets that open the connection. */
  open(): Buffer[] {
    return [
      this.#segment(0, flag.syn, 1, synOptions),
      this.#segment(1, flag.syn | flag.ack, 1, synOptions),
      this.#segment(0, flag.ack, 0),
    ];
  }

  /** The packets that carry octets, and their acknowledgement. */
  send(from: 'client' | 'server', octets: Buffer): Buffer[] {
    const end = from === 'client' ? 0 : 1;
    const packets: Buffer[] = [];
    for (let at = 0; at < octets.length; at += largest) {
      const piece = octets.subarray(at, at + largest);
      packets.push(this.#segment(end, flag.psh | flag.ack, piece.length, piece));
    }
    return [...packets, this.#segment(end === 0 ? 1 : 0, flag.ack, 0)];
  }

  /** The packets that close the connection. */
  close(): Buffer[] {
    return [
      this.#segment(0, flag.fin | flag.ack, 1),
      this.#segment(1, flag.fin | flag.ack, 1),
      this.#segment(0, flag.ack, 0),
    ];
  }

  /** The packet that ends the connection if the server sends no answer. */
  reset(): Buffer[] {
    return [this.#segment(1, flag.rst | flag.ack, 0)];
  }

  /**
   * @param advance by how much the sequence number of the sender increases
   * @param content the options of a SYN, the payload of any other segment
   */
  #segment(end: 0 | 1, flags: number, advance: number, content: Buffer = Buffer.alloc(0)): Buffer {
    const other = end === 0 ? 1 : 0;
    const acknowledged = (flags & flag.ack) === 0 ? 0 : this.#next[other];
    const packet = ipPacket(
      this.#ends[end],
      this.#ends[other],
      this.#next[end],
      acknowledged,
      flags,
      content,
    );
    this.#next[end] = (this.#next[end] + advance) >>> 0;
    return packet;
  }
}

const TCP = 6;
const headers = 40;

function ipPacket(
  from: Endpoint,
  to: Endpoint,
  sequence: number,
  acknowledged: number,
  flags: number,
  content: Buffer,
): Buffer {
  const packet = Buffer.alloc(headers + content.length);
  const options = (flags & flag.syn) === 0 ? 0 : content.length;
  packet.writeUInt8(0x45, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt16BE(0x4000, 6);
  packet.writeUInt8(64, 8);
  packet.writeUInt8(TCP, 9);
  packet.set(ipv4(from.address), 12);
  packet.set(ipv4(to.address), 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  packet.writeUInt16BE(from.port, 20);
  packet.writeUInt16BE(to.port, 22);
  packet.writeUInt32BE(sequence >>> 0, 24);
  packet.writeUInt32BE(acknowledged >>> 0, 28);
  packet.writeUInt8(((20 + options) / 4) << 4, 32);
  packet.writeUInt8(flags, 33);
  packet.writeUInt16BE(0xffff, 34);
  packet.set(content, headers);
  packet.writeUInt16BE(tcpChecksum(packet), 36);
  return packet;
}

/** The checksum of TCP. It also covers addresses, protocol and length (RFC 9293, 3.1). */
function tcpChecksum(packet: Buffer): number {
  const length = packet.length - 20;
  const pseudo = Buffer.concat([packet.subarray(12, 20), Buffer.of(0, TCP, length >> 8, length & 0xff)]);
  return checksum(Buffer.concat([pseudo, packet.subarray(20)]));
}

/** The Internet checksum (RFC 1071). */
function checksum(octets: Buffer): number {
  let sum = 0;
  for (let at = 0; at < octets.length; at += 2) sum += (octets[at]! << 8) | (octets[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
