/** The known origin of a request or connection. */
export interface Origin {
  /** Remote address and port: `127.0.0.1:54321`. */
  readonly peer?: string | undefined;
  /** The server name that the client sent in the TLS handshake (SNI). */
  readonly serverName?: string | undefined;
  /** Method and path: `GET /favicon.ico`. */
  readonly path?: string | undefined;
}

/** Why a request or connection reached no function. */
export interface ListenerFailure {
  /** A result from a fixed set, so that results can be counted: `TLS unknown_ca` or `HTTP 404`. */
  readonly result: string;
  /** What happened, in words. */
  readonly message: string;
  /** What the user can do about it. */
  readonly hint?: string | undefined;
}

/** TLS alerts by number (RFC 8446 section 6; for TLS 1.2, RFC 5246 section 7.2). */
export const tlsAlerts: ReadonlyMap<number, string> = new Map([
  [0, 'close_notify'],
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [21, 'decryption_failed'],
  [22, 'record_overflow'],
  [30, 'decompression_failure'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [49, 'access_denied'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [86, 'inappropriate_fallback'],
  [90, 'user_canceled'],
  [100, 'no_renegotiation'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [112, 'unrecognized_name'],
  [113, 'bad_certificate_status_response'],
  [115, 'unknown_psk_identity'],
  [116, 'certificate_required'],
  [120, 'no_application_protocol'],
]);

/** Results of a TLS connection that carried no request, except alerts. */
const otherTlsResults = ['plain_http', 'timed_out', 'closed', 'no_request', 'malformed'] as const;

/** Every possible result of a TLS connection that carried no request. */
export const tlsResults: readonly string[] = [...tlsAlerts.values(), ...otherTlsResults].map(
  (name) => `TLS ${name}`,
);
