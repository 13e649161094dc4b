import type { ExchangeDetails } from '../../../api/index.js';
import { asn1Messages, type Asn1Message } from './asn1-messages.js';
import { decryptedPackage } from './decrypted-package.js';
import { exportedPdu } from './exported-pdu.js';
import { answerOctets, requestOctets } from './http.js';
import { fileHead, packetBlock, type CapturedPacket } from './pcapng.js';
import { Connection } from './tcp.js';

/** An address for each role, from the range for documentation (RFC 5737). */
const roles = {
  device: '192.0.2.10',
  operator: '192.0.2.20',
  'sm-dp-plus': '198.51.100.1',
  'sm-ds': '198.51.100.2',
} as const;

/** The port that Wireshark reads as HTTP. */
const HTTP = 80;
const firstPort = 49_152;

/** The addresses of client and server on the interface of an exchange. */
function ends({ interface: name }: ExchangeDetails): [client: string, server: string] {
  if (name === 'ES2+') return [roles.operator, roles['sm-dp-plus']];
  if (name === 'ES11') return [roles.device, roles['sm-ds']];
  if (name === 'ES12') return [roles['sm-dp-plus'], roles['sm-ds']];
  return [roles.device, roles['sm-dp-plus']];
}

/**
 * The interfaces of a capture: the HTTP messages, and the same messages in the form for Wireshark's dissector of
 * SGP.22.
 */
const interfaces = [
  { link: 'raw', name: 'http', description: 'the HTTP messages, without TLS' },
  { link: 'exportedPdu', name: 'sgp22', description: 'the same messages in ASN.1 (SGP.22 annex H)' },
] as const;
const asn1Interface = 1;

/** Maximum number of octets in a packet that Wireshark reads. */
const largestPacket = 262_144;

/**
 * Writes exchanges as a pcapng file. Its interface `http` has HTTP without TLS: one TCP connection for each session and SGP.22
 * interface. Its interface `sgp22` has the messages of ES9+ and ES11 in ASN.1, because Wireshark's dissector of SGP.22 does not
 * read JSON. Comments on the packets list the checks of the server. If the exchanges have secrets, the comments also have the
 * session keys, and `sgp22` has the decrypted bound profile package.
 */
export class Capture {
  readonly #connections = new Map<string, Connection>();
  #ports = 0;

  /** The first octets of the file. */
  readonly head = fileHead(
    interfaces,
    Object.fromEntries(Object.entries(roles).map(([name, address]) => [address, name])),
  );

  /** The packets of one exchange. */
  add(exchange: ExchangeDetails): Buffer {
    const answeredAt = Date.parse(exchange.at);
    const arrivedAt = answeredAt - exchange.duration;
    const { connection, opening } = this.#connectionOf(exchange);
    const request = requestOctets(exchange);
    const answer = answerOctets(exchange);
    const { parts, problem } = decryptedPackage(exchange);
    const messages: Sgp22Message[] = [
      ...asn1Messages(exchange),
      ...parts.map((part) => ({ ...part, from: 'server' as const, type: `${part.type} (decrypted)` })),
    ];
    const remarks = remarksOf(exchange, problem);
    const inAsn1 = (from: Sgp22Message['from']): CapturedPacket[] =>
      messages
        .filter((message) => message.from === from)
        .map((message) => sgp22Packet(connection, exchange, message));

    const blocks = packetBlocks(arrivedAt, opening);
    if (request) {
      blocks.push(...packetBlocks(arrivedAt, connection.send('client', request)));
      blocks.push(...asn1Blocks(arrivedAt, inAsn1('client')));
    }
    if (answer) {
      blocks.push(...packetBlocks(answeredAt, connection.send('server', answer), remarks));
      blocks.push(...asn1Blocks(answeredAt, inAsn1('server')));
    } else blocks.push(...packetBlocks(answeredAt, connection.reset(), remarks));
    return Buffer.concat(blocks);
  }

  /** The packets that close all connections. @param at milliseconds since 1970 */
  end(at: number): Buffer {
    const closing = [...this.#connections.values()].flatMap((connection) => connection.close());
    this.#connections.clear();
    return Buffer.concat(packetBlocks(at, closing));
  }

  #connectionOf(exchange: ExchangeDetails): { connection: Connection; opening: Buffer[] } {
    const { session, peer, interface: name, id } = exchange;
    const key = [name, session ?? peer ?? id].join(' ');
    const known = this.#connections.get(key);
    if (known) return { connection: known, opening: [] };
    const [client, server] = ends(exchange);
    const port = firstPort + (this.#ports++ % (65_536 - firstPort));
    const connection = new Connection({ address: client, port }, { address: server, port: HTTP });
    this.#connections.set(key, connection);
    return { connection, opening: connection.open() };
  }
}

/** Turns packets into blocks of the file. The comments belong to the first packet. */
const packetBlocks = (at: number, packets: readonly Buffer[], remarks: readonly string[] = []): Buffer[] =>
  packets.map((octets, index) => packetBlock(at, { octets, remarks: index === 0 ? remarks : [] }));

const asn1Blocks = (at: number, packets: readonly CapturedPacket[]): Buffer[] =>
  packets
    .filter(({ octets }) => octets.length <= largestPacket)
    .map((packet) => packetBlock(at, { ...packet, on: asn1Interface }));

interface Sgp22Message extends Asn1Message {
  /**
   * Whether the message is a profile element. Wireshark has no dissector for profile packages, so the packet names the dissector of BER.
   */
  readonly isProfileElement?: boolean;
}

/** A packet that Wireshark dissects as SGP.22. */
function sgp22Packet(
  { client, server }: Connection,
  { id }: ExchangeDetails,
  { from, type, octets, isProfileElement = false }: Sgp22Message,
): CapturedPacket {
  const [sender, receiver] = from === 'client' ? [client, server] : [server, client];
  const isBer = isProfileElement || octets.length < 2;
  const info = `exchange ${id}: ${type}`;
  const pdu = exportedPdu({
    from: sender,
    to: receiver,
    dissector: isBer ? 'ber' : { table: tableOf(type), value: octets.readUInt16BE(0) },
    protocol: isProfileElement ? 'SAIP' : 'SGP.22',
    info,
    octets,
  });
  // The dissector of BER replaces the text of the column Info, so a comment repeats the text.
  return { octets: pdu, remarks: isBer ? [info] : [] };
}

/** The table in which Wireshark finds the dissector: one table is for answers, the other for all other messages. */
const tableOf = (type: string): string => (type.includes('Response') ? 'sgp22.response' : 'sgp22.request');

/** Comments with facts that the packets do not show. */
function remarksOf(exchange: ExchangeDetails, problem: string | undefined): string[] {
  const {
    id,
    interface: name,
    function: called,
    result,
    checks,
    refusal,
    faults = [],
    hint,
    secrets = {},
  } = exchange;
  const lines = [
    `exchange ${id}: ${name} ${called}: ${result}`,
    ...checks.map(({ clause, what }) => `passed ${clause}: ${what}`),
    ...(refusal ? [`refused ${refusal.clause ?? ''}: ${refusal.message} (${refusal.status})`] : []),
    ...faults.map(({ by, what }) => `fault ${by}: ${what}`),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(problem === undefined ? [] : [`cannot be decrypted: ${problem}`]),
  ];
  const keys = Object.entries(secrets).map(([key, value]) => `${key}: ${value}`);
  return [lines.join('\n'), ...(keys.length > 0 ? [`secrets\n${keys.join('\n')}`] : [])];
}
