import type { EventFilter, EventList } from '../api/index.js';
import type { CallApi } from './call.js';
import type { ListPart } from './profiles.js';

/** Events of the SM-DS; all calls raise ControlError, 404 while that role is off. */
export interface SmdsCalls {
  /** Events in the order in which they were registered. */
  list(filter?: EventFilter & ListPart): Promise<EventList>;
  /** Deletes what `list` shows, at the root SM-DS too. 502: that one does not do its part. @returns how many */
  clear(filter?: EventFilter): Promise<number>;
}

export const smdsBy = (call: CallApi): SmdsCalls => ({
  list: (filter = {}) => call('GET', '/sm-ds/events', { query: { ...filter } }),
  clear: async (filter = {}) =>
    (await call<{ deleted: number }>('DELETE', '/sm-ds/events', { query: { ...filter } })).deleted,
});
