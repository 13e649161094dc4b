import type { ExchangeDetails } from '../../../api/index.js';
import { answerOctets, requestOctets } from './http.js';
import { fileHead, packetBlock } from './pcapng.js';
import { Connection, type Endpoint } from './tcp.js';

/** Addresses from the range for documentation (RFC 5737). They stand for the roles, not for real machines. */
const roles = {
  device: '192.0.2.10',
  operator: '192.0.2.20',
  'sm-dp-plus': '198.51.100.1',
  'sm-ds': '198.51.100.2',
} as const;

/** The port that Wireshark reads as HTTP. */
const HTTP = 80;
const firstPort = 49_152;

/** The two ends of an exchange, by its interface. */
function ends({ interface: name }: ExchangeDetails): [client: string, server: string] {
  if (name === 'ES2+') return [roles.operator, roles['sm-dp-plus']];
  if (name === 'ES11') return [roles.device, roles['sm-ds']];
  if (name === 'ES12') return [roles['sm-dp-plus'], roles['sm-ds']];
  return [roles.device, roles['sm-dp-plus']];
}

/**
 * Writes exchanges as a pcapng file: HTTP without TLS, in one TCP connection for each session and interface. Comments
 * on the packets list the checks of the server. The comments also contain the session keys if the exchanges have secrets.
 */
export class Capture {
  readonly #connections = new Map<string, Connection>();
  #ports = 0;

  /** The first octets of the file. */
  readonly head = fileHead(
    Object.fromEntries(Object.entries(roles).map(([name, address]) => [address, name])),
  );

  /** The packets of one exchange. */
  add(exchange: ExchangeDetails): Buffer {
    const answeredAt = Date.parse(exchange.at);
    const arrivedAt = answeredAt - exchange.duration;
    const { connection, opening } = this.#connectionOf(exchange);
    const request = requestOctets(exchange);
    const answer = answerOctets(exchange);
    const blocks = opening.map((packet) => packetBlock(arrivedAt, packet));
    const remarks = remarksOf(exchange);
    if (request) blocks.push(...packetBlocks(arrivedAt, connection.send('client', request)));
    if (answer) blocks.push(...packetBlocks(answeredAt, connection.send('server', answer), remarks));
    else blocks.push(...packetBlocks(answeredAt, connection.reset(), remarks));
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
    const connection = new Connection({ address: client, port }, {
      address: server,
      port: HTTP,
    } satisfies Endpoint);
    this.#connections.set(key, connection);
    return { connection, opening: connection.open() };
  }
}

/** Turns packets into blocks of the file. The comments belong to the first packet. */
const packetBlocks = (at: number, packets: readonly Buffer[], remarks: readonly string[] = []): Buffer[] =>
  packets.map((packet, index) => packetBlock(at, packet, index === 0 ? remarks : []));

/** Comments with facts that the packets do not show. */
function remarksOf(exchange: ExchangeDetails): string[] {
  const {
    id,
    interface: name,
    function: called,
    result,
    checks,
    refusal,
    faults = [],
    hint,
    secrets,
  } = exchange;
  const lines = [
    `exchange ${id}: ${name} ${called}: ${result}`,
    ...checks.map(({ clause, what }) => `passed ${clause}: ${what}`),
    ...(refusal ? [`refused ${refusal.clause ?? ''}: ${refusal.message} (${refusal.status})`] : []),
    ...faults.map(({ by, what }) => `fault ${by}: ${what}`),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
  const keys = Object.entries((secrets ?? {}) as Record<string, unknown>).map(
    ([key, value]) => `${key}: ${String(value)}`,
  );
  return [lines.join('\n'), ...(keys.length > 0 ? [`secrets\n${keys.join('\n')}`] : [])];
}
