import dns from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { openDoor } from './doors.js';
import { namesOf } from './settings.js';

/** A listener cannot be opened; the message names the setting that does not fit. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  constructor(
    message: string,
    /** Of the system: `EADDRINUSE`. */
    readonly code: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Where a listener is to be opened, and the settings that say so. */
export interface ListenAt {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly settings: readonly ['host', 'port'] | readonly ['adminHost', 'adminPort'];
}

type Remedy = (at: { host: string; port: number }, hostSetting: string, portSetting: string) => string;

const unknownHost: Remedy = ({ host }, hostSetting) =>
  `'${host}' has no address; name with ${hostSetting} a host that has one, or 0.0.0.0`;

const remedies: Readonly<Record<string, Remedy>> = {
  EADDRINUSE: ({ host, port }, _, portSetting) =>
    `port ${port} of ${host} is in use; end what listens there, or name another with ${portSetting}, 0 for a free one`,
  EADDRNOTAVAIL: ({ host }, hostSetting) =>
    `${host} is no address of this machine; name with ${hostSetting} one that is, or 0.0.0.0 for all of them`,
  EACCES: ({ host, port }, _, portSetting) =>
    `this user may not open port ${port} of ${host}; name with ${portSetting} one from 1024 on`,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
};

/** Opens a listener. @throws ListenError where the system does not let it */
export async function listen(app: FastifyInstance, at: ListenAt): Promise<void> {
  const { host, port, settings } = at;
  try {
    const [first, ...further] = await addressesOf(host);
    await app.listen({ host: first, port });
    const { port: opened } = app.server.address() as AddressInfo;
    for (const address of further) await openDoor(app.server, address, opened);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const remedy = remedies[code];
    if (!remedy) throw error;
    const [hostSetting, portSetting] = settings;
    const said = remedy(at, namesOf(hostSetting), namesOf(portSetting));
    throw new ListenError(`Cannot listen (${code}): ${said}.`, code, { cause: error });
  }
}

/** For the name `localhost`, Fastify would open further servers, to which nothing is attached. */
async function addressesOf(host: string): Promise<readonly [string, ...string[]]> {
  if (host !== 'localhost') return [host];
  const [first, ...further] = (await dns.lookup(host, { all: true })).map(({ address }) => address);
  return first === undefined ? [host] : [first, ...new Set(further.filter((address) => address !== first))];
}
