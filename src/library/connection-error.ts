/**
 * There is no mock-smdp to talk to where one was named, or it does not let us in. The message says what there is instead, and what to do.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** Nobody answers. */
export function unanswered(origin: string, error: Error): ConnectionError {
  const { code, message } = error as { code?: unknown; message: string };
  const reason = typeof code === 'string' ? code : message;
  return new ConnectionError(
    `no mock-smdp answers at ${origin} (${reason}); start one with 'mock-smdp serve', and give the base URL of its operator-facing listener, which its last line names`,
    { cause: error },
  );
}

/** Somebody answers who is none. */
export const notAMock = (origin: string, status: number): ConnectionError =>
  new ConnectionError(
    `${origin} answers with HTTP status ${status}, but is no mock-smdp; give the base URL of its operator-facing listener, for instance http://localhost:8080`,
  );

/** The device-facing listener, which has no control API. */
export const wrongListener = (origin: string): ConnectionError =>
  new ConnectionError(
    `${origin} is where devices get profiles from; give the base URL of the operator-facing listener, which 'mock-smdp serve' names in its last line`,
  );

/** A token is demanded. */
export const tokenDemanded = (origin: string, tokenGiven: boolean): ConnectionError =>
  new ConnectionError(
    tokenGiven
      ? `${origin} does not take this token; it is SMDP_ADMIN_TOKEN of the server, or what it prints when it starts`
      : `${origin} demands a bearer token; give connectMockSmdp(url, { token }): SMDP_ADMIN_TOKEN of the server, or what it prints when it starts`,
  );

/** It was closed on this side. */
export class ConnectionClosed extends ConnectionError {
  constructor() {
    super('the connection to the mock-smdp was closed by close() of its client');
  }
}
