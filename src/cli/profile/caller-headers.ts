import { namespaceHeader } from '../../base/namespace.js';

/** Who calls the operator-facing listener. */
export interface Caller {
  readonly token: string | undefined;
  /** Absent: the whole server is meant. */
  readonly namespace?: string | undefined;
}

/** The headers that say so. */
export const callerHeaders = ({ token, namespace }: Caller): Record<string, string> => ({
  ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  ...(namespace !== undefined && { [namespaceHeader]: namespace }),
});
