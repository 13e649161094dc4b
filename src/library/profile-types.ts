import type { ProfileTypeView, TypeBody, TypeQuery } from '../api/index.js';
import { itemsOf, step, type CallApi } from './call.js';

/** Profile types: the templates of profiles. All calls throw ControlError. */
export interface ProfileTypeCalls {
  list(): Promise<readonly ProfileTypeView[]>;
  /** 404: the profile type does not exist. */
  get(name: string): Promise<ProfileTypeView>;
  /**
   * Makes or changes a profile type. Omitted members keep their values. 409: the type is built in, or existing profiles
   * would no longer fit.
   */
  put(name: string, definition: TypeBody): Promise<ProfileTypeView>;
  /** Uploads a package: the DER of a UPP. 400: the package is not a valid UPP. */
  upload(name: string, upp: Uint8Array, options?: TypeQuery): Promise<ProfileTypeView>;
  /** 409: the type is built in, or profiles of the type exist. */
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
