import type { FaultView, MagicCodeView } from '../api/index.js';
import type { FaultFilter, FaultRule } from '../instruments/faults/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Misbehaviour on purpose; all calls raise ControlError. */
export interface FaultCalls {
  /** Adds a rule. 400: its members do not go together. */
  add(rule: FaultRule): Promise<FaultView>;
  /** Rules with their counters, the oldest first. */
  list(filter?: FaultFilter): Promise<readonly FaultView[]>;
  /** 404: there is none, or none any more. */
  get(id: string): Promise<FaultView>;
  /** 404: there is none, or none any more. */
  remove(id: string): Promise<void>;
  /** Removes what `list` shows. @returns how many rules there were */
  clear(filter?: FaultFilter): Promise<number>;
  /** The forms of MatchingIDs that stand for a fault. */
  codes(): Promise<readonly MagicCodeView[]>;
}

export function faultsBy(call: CallApi): FaultCalls {
  return {
    add: (rule) => call('POST', '/faults', { body: rule }),
    list: (filter = {}) => itemsOf(call, '/faults', filter),
    get: (id) => call('GET', `/faults/${step(id)}`),
    remove: (id) => call('DELETE', `/faults/${step(id)}`),
    clear: async (filter = {}) =>
      (await call<{ removed: number }>('DELETE', '/faults', { query: filter })).removed,
    codes: () => itemsOf(call, '/faults/codes'),
  };
}
