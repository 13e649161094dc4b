/**
 * Why a call to another server failed, in words. If a host name has several addresses, the error is an AggregateError without a
 * message of its own.
 */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message || first.name : 'the call failed';
}
