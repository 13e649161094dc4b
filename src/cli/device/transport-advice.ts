import { commandFor } from '../invocation.js';

/** The code of a network or TLS error; of several attempts to connect, that of the first. */
export function codeOf(cause: unknown): string | undefined {
  const { code, errors } = (cause ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? undefined : codeOf(errors[0]);
}

const untrusted =
  "The server's TLS certificate does not lead to a CA of the PKI folder: name the server's folder with --certs, the CA with --ca, or pass over it with --insecure.";
const unreachable = (): string =>
  `Nothing listens there. Start a server with '${commandFor('serve')}', or say with --connect where it is.`;
const notHttps =
  'The server does not speak TLS there: is it behind a terminator (SMDP_TLS=off)? Then --no-tls.';

const advice: Readonly<Record<string, string | (() => string)>> = {
  ECONNREFUSED: unreachable,
  EHOSTUNREACH: unreachable,
  ENOTFOUND: 'There is no host of that name. Say with --connect where the server is.',
  EAI_AGAIN: 'The name cannot be resolved now. Say with --connect where the server is.',
  ECONNRESET: 'The server has closed the connection. If it speaks TLS, leave out --no-tls.',
  EPROTO: notHttps,
  ERR_SSL_WRONG_VERSION_NUMBER: notHttps,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notHttps,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_HAS_EXPIRED: "The server's TLS certificate has expired; --insecure passes over it.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The server's TLS certificate is for another name: start the server with that address (SMDP_ADDRESS), or pass over it with --insecure.",
};

/** What to do when no answer comes. */
export function adviceOnTransport(code: string | undefined): string {
  const found = code === undefined ? undefined : advice[code];
  return (typeof found === 'function' ? found() : found) ?? 'Is the server running? Its log says more.';
}
