import { checkServerIdentity, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { ListenerFailure } from '../../instruments/exchanges/index.js';
import { noRequest } from './listener-failure.js';

/**
 * The failure to report if a client completes the handshake and then leaves without a request. Applies if the TLS
 * certificate is not for the host name that the client requested (RFC 6125).
 *
 * @returns `undefined` if the certificate is for this name, or if the client sent no name
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
