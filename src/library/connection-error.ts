/** Why a client cannot use a mock-smdp. */
export type ConnectionFailure =
  /** Nothing answers. */
  | { readonly kind: 'unanswered' }
  /**
   * Something answered, but it is not a mock-smdp. `status` and `type` are the HTTP status and Content-Type of its
   * answer.
   */
  | { readonly kind: 'notAMock'; readonly status: number; readonly type: string }
  /** The device-facing listener answered. This listener has no control API. */
  | { readonly kind: 'wrongListener' }
  /**
   * The bearer token is missing or wrong. `body` has the problem details of the answer, which say whether the token is missing or wrong.
   */
  | { readonly kind: 'refused'; readonly body: string }
  /** The caller has closed the client. */
  | { readonly kind: 'closed' };

/**
 * No mock-smdp answers at the given address, or the mock-smdp refuses this client. The message says what answered
 * instead, and what to do.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';

  constructor(
    message: string,
    readonly failure: ConnectionFailure,
    options?: { readonly cause: Error },
  ) {
    super(message, options);
  }
}

export function unanswered(base: string, cause: Error): ConnectionError {
  return new ConnectionError(
    `no mock-smdp answers at ${base} (${reasonOf(cause)}); start one with 'mock-smdp serve', and give the base URL of its operator-facing listener, which the server prints in its last line`,
    { kind: 'unanswered' },
    { cause },
  );
}

/** Why a connection failed: the system's error code, such as `ECONNREFUSED`, or else the message. */
export function reasonOf(error: Error): string {
  const { code, message } = (error.cause ?? error) as { code?: unknown; message?: string };
  return typeof code === 'string' ? code : message || error.message;
}

export const notAMock = (base: string, status: number, type: string): ConnectionError =>
  new ConnectionError(
    `${base} answers with HTTP status ${status}, but is not a mock-smdp; give the base URL of the operator-facing listener of a mock-smdp, for instance http://localhost:8080`,
    { kind: 'notAMock', status, type },
  );

export const wrongListener = (base: string): ConnectionError =>
  new ConnectionError(
    `${base} is the device-facing listener; give the base URL of the operator-facing listener, which 'mock-smdp serve' prints in its last line`,
    { kind: 'wrongListener' },
  );

export const tokenDemanded = (base: string, tokenGiven: boolean, body: string): ConnectionError =>
  new ConnectionError(
    tokenGiven
      ? `${base} does not accept this token; give the server's SMDP_ADMIN_TOKEN, or the token that the server prints when it starts`
      : `${base} requires a bearer token: connectMockSmdp(url, { token }); give the server's SMDP_ADMIN_TOKEN, or the token that the server prints when it starts`,
    { kind: 'refused', body },
  );

/** A call on a client after its `close()`. */
export class ConnectionClosed extends ConnectionError {
  constructor() {
    super('the connection to the mock-smdp was closed by close() of its client', { kind: 'closed' });
  }
}
