import dns from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { listenAlsoAt } from './further-addresses.js';
import { namesOf } from './settings.js';

/** A listener cannot be opened. The message names the setting to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  constructor(
    message: string,
    /** The system's code, such as `EADDRINUSE`. */
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The address of a listener, and the settings that it comes from. */
export interface ListenAt {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly settings:
    readonly ['host', 'port'] | readonly ['adminHost', 'adminPort'] | readonly ['host', 'controlPort'];
}

type Remedy = (at: { host: string; port: number }, hostSetting: string, portSetting: string) => string;

const unknownHost: Remedy = ({ host }, hostSetting) =>
  `the host name '${host}' cannot be resolved; set ${hostSetting} to another host name, or to 0.0.0.0`;

const remedies: Readonly<Record<string, Remedy>> = {
  EADDRINUSE: ({ host, port }, _, portSetting) =>
    `port ${port} of ${host} is in use; stop the program that listens there, or set ${portSetting} to another port (0 picks a free one)`,
  EADDRNOTAVAIL: ({ host }, hostSetting) =>
    `${host} is not an address of this machine; set ${hostSetting} to one of its addresses, or to 0.0.0.0 for all addresses`,
  EACCES: ({ host, port }, _, portSetting) =>
    `this user may not open port ${port} of ${host}; set ${portSetting} to 1024 or higher`,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
};

/** Opens a listener. @throws ListenError if the system refuses */
export async function listen(app: FastifyInstance, at: ListenAt): Promise<void> {
  const { host, port, settings } = at;
  try {
    const [first, ...further] = await addressesOf(host);
    await app.listen({ host: first, port });
    const { port: opened } = app.server.address() as AddressInfo;
    for (const address of further) await listenAlsoAt(app.server, address, opened);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const remedy = remedies[code];
    if (!remedy) throw error;
    const [hostSetting, portSetting] = settings;
    const said = remedy(at, namesOf(hostSetting), namesOf(portSetting));
    throw new ListenError(`Cannot listen (${code}): ${said}.`, code, { cause: error });
  }
}

/**
 * All addresses of a host name such as `localhost`. If Fastify opened them, each further address would get a separate
 * server without our TLS settings, faults and journal.
 */
async function addressesOf(host: string): Promise<readonly [string, ...string[]]> {
  if (host !== 'localhost') return [host];
  const [first, ...further] = (await dns.lookup(host, { all: true })).map(({ address }) => address);
  return first === undefined ? [host] : [first, ...new Set(further.filter((address) => address !== first))];
}

/** The port at which a server listens; 0 if the server does not listen. */
export function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
