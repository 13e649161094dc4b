import { Socket } from 'node:net';
import type { Origin } from './listener-failure.js';

/** Longer paths and names are truncated for display. */
const longest = 200;

/** The TCP socket under a TLS socket. Node has no public API for it. */
export const socketBelowTls = (socket: Socket): Socket =>
  '_parent' in socket && socket._parent instanceof Socket ? socket._parent : socket;

/** The origin of a connection. */
export function originOfSocket(socket: Socket): Origin {
  const { remoteAddress, remotePort } = socketBelowTls(socket);
  const serverName = 'servername' in socket && socket.servername;
  return {
    ...(remoteAddress !== undefined && { peer: peerName(remoteAddress, remotePort) }),
    ...(typeof serverName === 'string' && serverName !== '' && { serverName: serverName.slice(0, longest) }),
  };
}

/** The parts of an HTTP request that are read here. */
interface HttpRequest {
  readonly raw: { readonly socket: Socket };
  readonly method: string;
  readonly url: string;
}

/** The origin of a request, with its method and path. */
export const originOf = ({ raw, method, url }: HttpRequest): Origin => ({
  ...originOfSocket(raw.socket),
  path: `${method} ${withoutTokens(url.slice(0, 2 * longest)).slice(0, longest)}`,
});

/**
 * A path and query without the values of members that look like a token or a password. The server accepts no token in a
 * query, but a client may try, and the journal and the log would keep it.
 */
export const withoutTokens = (url: string): string =>
  url.replace(/([?&][^?&=]*=)[^&]+/g, (member, name: string) => (isTokenName(name) ? `${name}***` : member));

const isTokenName = (name: string): boolean => /token|secret|passw|api-?_?key|auth/i.test(name);

function peerName(address: string, port: number | undefined): string {
  // An IPv6 listener shows IPv4 addresses in mapped form.
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  const host = plain.includes(':') ? `[${plain}]` : plain;
  return port === undefined ? host : `${host}:${port}`;
}
