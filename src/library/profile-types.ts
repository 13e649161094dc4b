import type { ProfileTypeView, TypeBody, TypeQuery } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** What profiles are made from; all calls raise ControlError. */
export interface ProfileTypeCalls {
  list(): Promise<readonly ProfileTypeView[]>;
  /** 404: there is none of the name. */
  get(name: string): Promise<ProfileTypeView>;
  /** Makes or changes a type: what is not mentioned stays. 409: built in, or profiles would not fit it any more. */
  put(name: string, definition: TypeBody): Promise<ProfileTypeView>;
  /** Uploads a package, the DER of a UPP. 400: it is none. */
  upload(name: string, upp: Uint8Array, options?: TypeQuery): Promise<ProfileTypeView>;
  /** 409: built in, or there are profiles of it. */
  delete(name: string): Promise<void>;
}

export function profileTypesBy(call: CallApi): ProfileTypeCalls {
  const one = (name: string): string => `/profile-types/${step(name)}`;
  return {
    list: () => itemsOf(call, '/profile-types'),
    get: (name) => call('GET', one(name)),
    put: (name, definition) => call('PUT', one(name), { body: definition }),
    upload: (name, upp, options = {}) =>
      call('PUT', one(name), { query: { ...options }, body: Buffer.from(upp) }),
    delete: (name) => call('DELETE', one(name)),
  };
}
