import { Refusal } from '../../../wire/rsp/index.js';
import type { EventRegistry } from '../../registry/index.js';
import { callSmds, type SmdsClientOptions } from './call.js';

export { callSmds, SmdsError, type SmdsClientOptions } from './call.js';

/** The SM-DS at `address`. An SM-DP+ calls the SM-DS over ES12, another SM-DS calls it over ES15. */
export function smdsClient(address: string, options: SmdsClientOptions): EventRegistry {
  const failed = (status: string): Refusal =>
    new Refusal('8.9/4.2', `SM-DS ${address} answered with status ${status}`);
  return {
    register: async (event) => {
      const status = await callSmds(address, 'registerEvent', event, options);
      if (status !== undefined) throw failed(status);
    },
    delete: async (event) => {
      const status = await callSmds(address, 'deleteEvent', event, options);
      // If the SM-DS does not know the event, the event counts as deleted.
      if (status !== undefined && status !== '8.9.5/3.9') throw failed(status);
    },
  };
}
