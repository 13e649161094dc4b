import type {
  Cancellation,
  CreatedProfile,
  LimitReset,
  ProfileChoice as Choice,
  ProfileDetails,
  ProfileList,
  ProfileListQuery,
  ProfileRequest,
  ProfileView,
} from '../api/index.js';
import type { ProfileFilter, ProfileState } from '../store/index.js';
import { step, type Asked, type CallApi } from './call.js';

/** Which of several profiles with one ICCID is meant. */
export type ProfileChoice = Asked<Choice>;

/** Which part of a list is wanted: how many items, and the `next` of the part before. */
export type ListPart = Asked<Pick<ProfileListQuery, 'limit' | 'cursor'>>;

/**
 * Profiles and their orders. ICCIDs are 18 to 20 digits; where several profiles share one, `matchingId` picks one of them. All calls
 * raise ControlError.
 */
export interface Profiles {
  /** Prepares a profile; everything has a default. 400: a member is wrong, 409: ICCID or MatchingID is in use. */
  create(request?: ProfileRequest): Promise<CreatedProfile>;
  /** One profile with its history and notifications. 404: there is none. */
  get(iccid: string, choice?: ProfileChoice): Promise<ProfileDetails>;
  /**
   * The same as soon as the profile is in the state, or in one of several. 417: it is not when the time is over.
   *
   * @param options `timeout` in seconds, at most 300; default 4, since vitest and Jest give a test 5
   */
  waitFor(
    iccid: string,
    state: ProfileState | readonly ProfileState[],
    options?: { readonly timeout?: number | undefined } & ProfileChoice,
  ): Promise<ProfileDetails>;
  /** The QR code of the activation code as SVG. 409: the profile has none. */
  qrCode(iccid: string, choice?: ProfileChoice): Promise<string>;
  /** The same as PNG. */
  qrImage(iccid: string, choice?: ProfileChoice): Promise<Buffer>;
  /** Profiles in the order in which they were made. */
  list(filter?: ProfileFilter & ListPart): Promise<ProfileList>;
  /** Removes one with all that is kept about it. 404: there is none. */
  remove(iccid: string, choice?: ProfileChoice): Promise<void>;
  /** Removes what `list` shows; without a filter all there are. 400: the filter has no member. @returns how many */
  clear(filter?: ProfileFilter): Promise<number>;
  /** Releases a confirmed order. 409: its state does not allow it. */
  release(iccid: string, choice?: ProfileChoice): Promise<ProfileView>;
  /** Takes an order back. 409: there is none, or it was downloaded already. */
  cancel(iccid: string, options?: Cancellation, choice?: ProfileChoice): Promise<ProfileView>;
  /** Makes a spent profile downloadable again. 409: it was never released. */
  reset(iccid: string, limits?: LimitReset, choice?: ProfileChoice): Promise<ProfileView>;
}

export function profilesBy(call: CallApi): Profiles {
  const one = (iccid: string): string => `/profiles/${step(iccid)}`;
  const change = (
    iccid: string,
    name: string,
    body: object,
    query: ProfileChoice = {},
  ): Promise<ProfileView> => call('POST', `${one(iccid)}/${name}`, { body, query });
  return {
    create: (request = {}) => call('POST', '/profiles', { body: request }),
    get: (iccid, choice = {}) => call('GET', one(iccid), { query: choice }),
    waitFor: (iccid, state, { timeout = 4, ...choice } = {}) =>
      call('GET', one(iccid), { query: { waitFor: [state].flat(), timeout, ...choice } }),
    qrCode: (iccid, choice = {}) => call('GET', `${one(iccid)}/qr.svg`, { query: choice }),
    qrImage: (iccid, choice = {}) => call('GET', `${one(iccid)}/qr.png`, { query: choice }),
    list: (filter = {}) => call('GET', '/profiles', { query: { ...filter } }),
    remove: (iccid, choice = {}) => call('DELETE', one(iccid), { query: choice }),
    clear: async (filter) =>
      (await call<{ removed: number }>('DELETE', '/profiles', { query: { ...(filter ?? { all: true }) } }))
        .removed,
    release: (iccid, choice) => change(iccid, 'release', {}, choice),
    cancel: (iccid, options = {}, choice) => change(iccid, 'cancel', options, choice),
    reset: (iccid, limits = {}, choice) => change(iccid, 'reset', limits, choice),
  };
}
