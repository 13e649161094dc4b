/**
 * Why a call to another server failed, in words. If the host name has several addresses, Node raises an AggregateError without a
 * message. This function then returns the message of the first error in the AggregateError.
 */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return first instanceof Error ? first.message || first.name : 'the call failed';
}
