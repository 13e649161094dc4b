import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { ListenerFailure } from '../../instruments/exchanges/index.js';
import { noRequest } from './listener-failure.js';

/**
 * The failure of a client that completes the handshake and leaves without a request. Its handshake names a host that the TLS certificate
 * does not cover (RFC 6125).
 *
 * @returns `undefined` if the certificate covers the name, or if the client sent no name
 */
export function foreignNameFailure(
  socket: TLSSocket,
  serverName: string | undefined,
): ListenerFailure | undefined {
  const certificate = socket.getCertificate() as Partial<PeerCertificate> | null;
  if (serverName === undefined || !certificate?.subject) return undefined;
  if (checkServerIdentity(serverName, certificate as PeerCertificate) === undefined) return undefined;
  return {
    ...noRequest,
    hint: `the TLS certificate is not for ${serverName}, but for ${certificate.subjectaltname ?? 'no name'}: start the server with SMDP_ADDRESS=${serverName}, or with certificates for this name`,
  };
}
