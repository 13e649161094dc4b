import { Socket } from 'node:net';
import type { Origin } from './mishap.js';

/** Longer paths and names are cut: they are shown to people. */
const longest = 200;

/** The TCP socket under a TLS socket. Node has no public way to it. */
export const socketBelowTls = (socket: Socket): Socket =>
  '_parent' in socket && socket._parent instanceof Socket ? socket._parent : socket;

/** Who is at the other end of a connection. */
export function originOfSocket(socket: Socket): Origin {
  const { remoteAddress, remotePort } = socketBelowTls(socket);
  const serverName = 'servername' in socket && socket.servername;
  return {
    ...(remoteAddress !== undefined && { peer: peerName(remoteAddress, remotePort) }),
    ...(typeof serverName === 'string' && serverName !== '' && { serverName: serverName.slice(0, longest) }),
  };
}

/** A request of HTTP, as far as it is looked at here. */
interface HttpRequest {
  readonly raw: { readonly socket: Socket };
  readonly method: string;
  readonly url: string;
}

/** Where a request came from, and what it asked for. */
export const originOf = ({ raw, method, url }: HttpRequest): Origin => ({
  ...originOfSocket(raw.socket),
  path: `${method} ${url.slice(0, longest)}`,
});

function peerName(address: string, port: number | undefined): string {
  // IPv4 as an IPv6 listener sees it.
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  const host = plain.includes(':') ? `[${plain}]` : plain;
  return port === undefined ? host : `${host}:${port}`;
}
