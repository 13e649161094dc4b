import type { CallbackList, CallbackQuery, OperatorBody, OperatorView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Operators that order over ES2+, and the messages to them about downloads. All calls throw ControlError. */
export interface OperatorCalls {
  list(): Promise<readonly OperatorView[]>;
  /** 404: the operator is not registered. The defaults apply to such an operator. */
  get(identifier: string): Promise<OperatorView>;
  /** Registers an operator, or replaces its settings. Omitted members get their defaults. */
  put(identifier: string, operator?: OperatorBody): Promise<OperatorView>;
  /** Removes the registration. The operator keeps its profiles. 404: the operator is not registered. */
  delete(identifier: string): Promise<void>;
  /**
   * Lists calls of ES2+.HandleDownloadProgressInfo (SGP.22 5.3.5), newest first, with the numbers of waiting and of
   * delivered calls.
   */
  callbacks(filter?: CallbackQuery): Promise<CallbackList>;
  /** Retries the waiting calls to one operator, or to all operators, now. @returns number of calls that are retried */
  retryCallbacks(operator?: string): Promise<number>;
}

export function operatorsBy(call: CallApi): OperatorCalls {
  const one = (identifier: string): string => `/operators/${step(identifier)}`;
  return {
    list: () => itemsOf(call, '/operators'),
    get: (identifier) => call('GET', one(identifier)),
    put: (identifier, operator = {}) => call('PUT', one(identifier), { body: operator }),
    delete: (identifier) => call('DELETE', one(identifier)),
    callbacks: (filter = {}) => call('GET', '/callbacks', { query: { ...filter } }),
    retryCallbacks: async (operator) =>
      (await call<{ due: number }>('POST', '/callbacks/retry', { body: { operator } })).due,
  };
}
