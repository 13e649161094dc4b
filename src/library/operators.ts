import type { CallbackList, CallbackQuery, OperatorBody, OperatorView } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Who orders over ES2+, and what they are told of downloads; all calls raise ControlError. */
export interface OperatorCalls {
  list(): Promise<readonly OperatorView[]>;
  /** 404: it was not registered, and has the defaults. */
  get(identifier: string): Promise<OperatorView>;
  /** Registers an operator, or says anew what there is to know of it: what is left out has its default. */
  put(identifier: string, operator?: OperatorBody): Promise<OperatorView>;
  /** Its profiles stay its own. 404: it was not registered. */
  delete(identifier: string): Promise<void>;
  /** Calls of ES2+.HandleDownloadProgressInfo (SGP.22 5.3.5), the newest first, and how many wait or were delivered. */
  callbacks(filter?: CallbackQuery): Promise<CallbackList>;
  /** Makes calls now that would be made later: those of one operator, or all. @returns how many */
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
