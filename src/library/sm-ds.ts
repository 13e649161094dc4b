import type { EventFilter, EventList } from '../api/index.js';
import type { CallApi } from './call.js';
import type { ListPart } from './profiles.js';

/** Events of the SM-DS. All calls throw ControlError. 404: the SM-DS role is off. */
export interface SmdsCalls {
  /** Lists events in order of registration. */
  list(filter?: EventFilter & ListPart): Promise<EventList>;
  /**
   * Deletes the events that match the filter from this SM-DS and from the root SM-DS. 502: the root SM-DS failed.
   * @returns number of deleted events
   */
  clear(filter?: EventFilter): Promise<number>;
}

export const smdsBy = (call: CallApi): SmdsCalls => ({
  list: (filter = {}) => call('GET', '/sm-ds/events', { query: { ...filter } }),
  clear: async (filter = {}) =>
    (await call<{ deleted: number }>('DELETE', '/sm-ds/events', { query: { ...filter } })).deleted,
});
