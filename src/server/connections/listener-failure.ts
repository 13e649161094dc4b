import { tlsAlerts, type ListenerFailure } from '../../instruments/exchanges/index.js';

/** How far a connection had come when it failed. */
export interface ConnectionProgress {
  /** Whether the TLS handshake was still incomplete. */
  readonly isHandshake: boolean;
  /** Whether the listener speaks TLS. */
  readonly isTls: boolean;
  /** Whether the client had sent anything. */
  readonly hasSent: boolean;
}

const page = "see 'Clients that cannot connect' in docs/testing.md";
const unknownCi = `the client does not trust our CI: ${page}`;
const distrust = `the client does not trust our CI, or requested a name that is not in the certificate: ${page}`;
const likelyDistrust = `clients that distrust the certificate often close the connection like this: ${page}`;
const versions = `this server speaks TLS 1.2 and 1.3: ${page}`;
const ciphers = `the TLS certificate has an ECDSA key, which the client must support: ${page}`;

const alertHints: Readonly<Record<string, string>> = {
  unknown_ca: unknownCi,
  bad_certificate: distrust,
  certificate_unknown: distrust,
  unsupported_certificate: ciphers,
  certificate_expired: "compare the client's clock with the validity that 'mock-smdp certs list' shows",
  certificate_revoked:
    'the client considers the TLS certificate revoked: check the CRLs that the client uses',
  protocol_version: versions,
  handshake_failure: ciphers,
  insufficient_security: ciphers,
  unrecognized_name: distrust,
};

/** Errors of OpenSSL, each with the alert that the server sends. */
const ownErrors: Readonly<Record<string, readonly [alert: string, message: string, hint: string]>> = {
  ERR_SSL_UNSUPPORTED_PROTOCOL: ['protocol_version', 'no TLS version in common', versions],
  ERR_SSL_VERSION_TOO_LOW: ['protocol_version', 'no TLS version in common', versions],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'malformed',
    'the client sent something other than TLS',
    'this port accepts only TLS: use https://',
  ],
  ERR_SSL_NO_SHARED_CIPHER: ['handshake_failure', 'no cipher suite in common', ciphers],
  ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM: ['handshake_failure', 'no signature algorithm in common', ciphers],
  ERR_SSL_NO_SHARED_SIGNATURE_ALGORITHMS: ['handshake_failure', 'no signature algorithm in common', ciphers],
  ERR_SSL_NO_SUITABLE_KEY_SHARE: ['handshake_failure', 'no curve in common', ciphers],
  ERR_SSL_NO_SHARED_GROUP: ['handshake_failure', 'no curve in common', ciphers],
};

const plainHttp: ListenerFailure = {
  result: 'TLS plain_http',
  message: 'plain HTTP on the TLS port',
  hint: 'use https://, or start the server with --tls off',
};

/** Explains an error of a connection. `undefined` if the client only closed the connection. */
export function listenerFailureOf(
  error: NodeJS.ErrnoException,
  progress: ConnectionProgress,
): ListenerFailure | undefined {
  return progress.isHandshake || error.code?.startsWith('ERR_SSL_')
    ? handshakeFailure(error, progress)
    : httpFailure(error, progress);
}

function handshakeFailure(
  { code = '', message }: NodeJS.ErrnoException,
  { hasSent }: ConnectionProgress,
): ListenerFailure {
  const alert = tlsAlerts.get(Number(/SSL alert number (\d+)/.exec(message)?.[1] ?? NaN));
  if (alert !== undefined)
    return {
      result: `TLS ${alert}`,
      message: `the client ended the handshake with the alert ${alert}`,
      hint: alertHints[alert],
    };
  if (code === 'ERR_SSL_HTTP_REQUEST') return plainHttp;
  const own = ownErrors[code];
  if (own) return { result: `TLS ${own[0]}`, message: own[1], hint: own[2] };
  if (code === 'ERR_TLS_HANDSHAKE_TIMEOUT')
    return {
      result: 'TLS timed_out',
      message: hasSent ? 'the client did not complete the handshake in time' : 'the client sent nothing',
    };
  if (!code.startsWith('ERR_SSL_')) return leftDuringHandshake(hasSent);
  const reason = code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ');
  return { result: 'TLS malformed', message: `the handshake failed: ${reason}` };
}

const leftDuringHandshake = (hasSent: boolean): ListenerFailure =>
  hasSent
    ? {
        result: 'TLS closed',
        message: 'the client closed the connection during the handshake, without an alert',
        hint: likelyDistrust,
      }
    : {
        result: 'TLS closed',
        message: 'the client connected, and closed the connection without sending anything',
      };

/**
 * The handshake succeeded, but no request followed. Clients written with Node do this if they distrust the certificate.
 */
export const noRequest: ListenerFailure = {
  result: 'TLS no_request',
  message: 'the client completed the handshake, and closed the connection without a request',
  hint: likelyDistrust,
};

const httpStatuses: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'no complete request arrived in time'],
  HPE_HEADER_OVERFLOW: [431, 'the header of the request is too large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'the chunk extensions of the request are too large'],
};

function httpFailure(
  { code = '', message }: NodeJS.ErrnoException,
  { isTls }: ConnectionProgress,
): ListenerFailure | undefined {
  const known = httpStatuses[code];
  if (known) return { result: `HTTP ${known[0]}`, message: known[1] };
  if (!code.startsWith('HPE_')) return undefined;
  return {
    result: 'HTTP 400',
    message: `the request is not valid HTTP: ${message.replace(/^Parse Error:? ?/, '')}`,
    ...(!isTls && { hint: 'the client may be using TLS: this port serves plain HTTP' }),
  };
}
