import type { CreatedProfile, ProfileDetails, ProfileList, ProfileView } from '../api/index.js';
import type { ProfileRequest } from '../orders/index.js';
import type { ProfileFilter, ProfileState } from '../store/index.js';
import { step, type CallApi } from './call.js';

/** Which part of a list is wanted. */
export interface ListPart {
  /** 1 to 1000; default 100. */
  readonly limit?: number | undefined;
  /** What the part before gave as `next`. */
  readonly cursor?: string | undefined;
}

/** Profiles and their orders. ICCIDs are 18 to 20 digits; all calls raise ControlError. */
export interface Profiles {
  /** Prepares a profile; everything has a default. 400: a member is wrong, 409: ICCID or MatchingID is in use. */
  create(request?: ProfileRequest): Promise<CreatedProfile>;
  /** One profile with its history and notifications. 404: there is none. */
  get(iccid: string): Promise<ProfileDetails>;
  /**
   * The same as soon as the profile is in the state, or in one of several. 417: it is not when the time is over.
   *
   * @param options `timeout` in seconds, at most 300; default 4, since vitest and Jest give a test 5
   */
  waitFor(
    iccid: string,
    state: ProfileState | readonly ProfileState[],
    options?: { readonly timeout?: number | undefined },
  ): Promise<ProfileDetails>;
  /** The QR code of the activation code as SVG. 409: the profile has none. */
  qrCode(iccid: string): Promise<string>;
  /** Profiles in the order in which they were made. */
  list(filter?: ProfileFilter & ListPart): Promise<ProfileList>;
  /** Removes one with all that is kept about it. 404: there is none. */
  remove(iccid: string): Promise<void>;
  /** Removes what `list` shows; without a filter all there are. 400: the filter has no member. @returns how many */
  clear(filter?: ProfileFilter): Promise<number>;
  /** Releases a confirmed order. 409: its state does not allow it. */
  release(iccid: string): Promise<ProfileView>;
  /** Takes an order back. 409: there is none, or it was downloaded already. */
  cancel(
    iccid: string,
    options?: { readonly finalProfileStatusIndicator?: 'Available' | 'Unavailable' },
  ): Promise<ProfileView>;
  /** Makes a spent profile downloadable again. 409: it was never released. */
  reset(
    iccid: string,
    limits?: { readonly confirmationCodeAttempts?: number; readonly downloadAttempts?: number },
  ): Promise<ProfileView>;
}

export function profilesBy(call: CallApi): Profiles {
  const one = (iccid: string): string => `/profiles/${step(iccid)}`;
  return {
    create: (request = {}) => call('POST', '/profiles', { body: request }),
    get: (iccid) => call('GET', one(iccid)),
    waitFor: (iccid, state, { timeout = 4 } = {}) =>
      call('GET', one(iccid), { query: { waitFor: [state].flat(), timeout } }),
    qrCode: (iccid) => call('GET', `${one(iccid)}/qr.svg`),
    list: (filter = {}) => call('GET', '/profiles', { query: { ...filter } }),
    remove: (iccid) => call('DELETE', one(iccid)),
    clear: async (filter) =>
      (await call<{ removed: number }>('DELETE', '/profiles', { query: { ...(filter ?? { all: true }) } }))
        .removed,
    release: (iccid) => call('POST', `${one(iccid)}/release`, { body: {} }),
    cancel: (iccid, options = {}) => call('POST', `${one(iccid)}/cancel`, { body: options }),
    reset: (iccid, limits = {}) => call('POST', `${one(iccid)}/reset`, { body: limits }),
  };
}
