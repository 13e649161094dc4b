import { commandFor } from '../invocation.js';

/**
 * The code of a network or TLS error, for example `ECONNREFUSED`. If several connections failed, the code of the first
 * error.
 */
export function codeOf(cause: unknown): string | undefined {
  const { code, errors } = (cause ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? undefined : codeOf(errors[0]);
}

const untrusted =
  "The server's TLS certificate was not issued by a CA in the PKI folder. Name the server's PKI folder with --certs or the CA with --ca, or accept any certificate with --insecure.";
const unreachable = (): string =>
  `No server listens at this address. Start a server with '${commandFor('serve')}', or connect to another address with --connect.`;
const notHttps =
  'The server does not speak TLS. If it runs behind a TLS terminator (SMDP_TLS=off), use --no-tls.';

const advice: Readonly<Record<string, string | (() => string)>> = {
  ECONNREFUSED: unreachable,
  EHOSTUNREACH: unreachable,
  ENOTFOUND: 'No host has that name. Connect to another address with --connect.',
  EAI_AGAIN: 'The name service does not answer. Connect to another address with --connect.',
  ECONNRESET:
    'The server closed the connection without an answer. If you used --no-tls, the server may speak TLS.',
  EPROTO: notHttps,
  ERR_SSL_WRONG_VERSION_NUMBER: notHttps,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notHttps,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_HAS_EXPIRED: "The server's TLS certificate has expired. Use --insecure to accept it.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The server's TLS certificate is for another name. Start the server with this address (SMDP_ADDRESS), or accept any certificate with --insecure.",
};

/** Says what to do about a network or TLS error. */
export function adviceOnTransport(code: string | undefined): string {
  const found = code === undefined ? undefined : advice[code];
  return (
    (typeof found === 'function' ? found() : found) ??
    'Is the server running? The log of the server says more.'
  );
}
