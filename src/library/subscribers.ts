import type {
  MadeSubscribers,
  SubscriberExportRequest,
  SubscriberImportQuery,
  SubscriberList,
  SubscriberQuery,
  SubscriberRequest,
  WrittenSubscribers,
} from '../api/index.js';
import type { Asked, CallApi } from './call.js';

/** Profiles with their own IMSI and keys, and files for core networks. All calls throw ControlError. */
export interface SubscriberCalls {
  /** Makes a profile for each subscriber of a CSV file. If a row is wrong, makes no profile. 422: `errors` names each wrong cell. */
  import(list: string | Uint8Array, options?: Asked<SubscriberImportQuery>): Promise<MadeSubscribers>;
  /** Makes subscribers with consecutive IMSIs, each with generated keys. Makes all of them or none. */
  generate(request: Asked<SubscriberRequest>): Promise<MadeSubscribers>;
  /** Lists subscribers, with K and OPc if `secrets` is true. */
  list(query?: Asked<SubscriberQuery>): Promise<SubscriberList>;
  /** Writes subscribers with their keys for a core network. */
  export(request: Asked<SubscriberExportRequest>): Promise<WrittenSubscribers>;
}

export const subscribersBy = (call: CallApi): SubscriberCalls => ({
  import: (list, options = {}) =>
    call('POST', '/subscribers', {
      query: { ...options },
      body: Buffer.from(list),
    }),
  generate: (request) => call('POST', '/subscribers', { body: request }),
  list: (query = {}) => call('GET', '/subscribers', { query: { ...query } }),
  export: (request) => call('POST', '/subscribers/export', { body: request }),
});
