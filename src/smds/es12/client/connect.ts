import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { splitAddress } from '../../../base/address.js';
import type { Clock } from '../../../base/clock.js';
import { CertificateError, covers, keyPurposes, presentedChain, type Pki } from '../../../pki/index.js';

/** Everything that a connection to an SM-DS needs: the certificate of this server, and the means to verify the certificate of the SM-DS. */
export interface SmdsConnection {
  readonly pki: Pick<Pki, 'verifyServer'>;
  readonly clock: Clock;
  /** CERT.DP.TLS or CERT.DS.TLS with its key, in PEM. */
  readonly credential: { readonly cert: string; readonly key: string };
  /** How long the whole call may take, in milliseconds. */
  readonly timeout: number;
}

/**
 * Connects to an SM-DS with mutual TLS (SGP.22 5.9). This function verifies the certificate of the SM-DS itself, because OpenSSL checks no
 * roles, uses the system's clock, and finds a CI by name only.
 *
 * @param address `host` or `host:port`
 * @throws CertificateError, and Error of node:net and node:tls
 */
export async function connectSmds(
  address: string,
  { pki, clock, credential }: SmdsConnection,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const { host, port = 443 } = splitAddress(address);
  const socket = connect({
    host,
    port,
    servername: isIP(host) ? '' : host,
    ...credential,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
  });
  signal.addEventListener('abort', () => socket.destroy(new Error('no answer in time')), { once: true });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  try {
    requireSmds(socket.getPeerX509Certificate(), host, { pki, clock });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function requireSmds(
  shown: X509Certificate | undefined,
  host: string,
  { pki, clock }: Pick<SmdsConnection, 'pki' | 'clock'>,
): void {
  if (!shown) throw new CertificateError('issuer', 'There is no certificate');
  const certificate = pki.verifyServer({
    presented: presentedChain(shown),
    roles: ['dsTls'],
    purpose: keyPurposes.serverAuth,
    now: clock.now(),
  });
  if (!covers(certificate, host)) throw new CertificateError('role', `The certificate is not for ${host}`);
}
