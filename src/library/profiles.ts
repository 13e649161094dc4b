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
  SimulationRequest,
  SimulationView,
} from '../api/index.js';
import type { ProfileFilter, ProfileState } from '../store/index.js';
import { step, type Asked, type CallApi } from './call.js';

/** Chooses between several profiles with the same ICCID. */
export type ProfileChoice = Asked<Choice>;

/** Chooses a page of a list: `limit` is the number of items, `cursor` is the value of `next` on the previous page. */
export type ListPart = Asked<Pick<ProfileListQuery, 'limit' | 'cursor'>>;

/**
 * Profiles and their orders. ICCIDs have 18 to 20 digits. If several profiles share an ICCID, `matchingId` chooses the profile. All
 * calls throw ControlError.
 */
export interface Profiles {
  /** Prepares a profile. All members have defaults. 400: a member is wrong, 409: ICCID or MatchingID is in use. */
  create(request?: ProfileRequest): Promise<CreatedProfile>;
  /** Gets a profile with its history and notifications. 404: unknown profile. */
  get(iccid: string, choice?: ProfileChoice): Promise<ProfileDetails>;
  /**
   * Waits until the profile is in the given state, or in one of the given states. Then returns the profile. 417: after
   * the timeout, the profile is in another state.
   *
   * @param options `timeout` in seconds, at most 300; default 4, because vitest and Jest end a test after 5 seconds
   */
  waitFor(
    iccid: string,
    state: ProfileState | readonly ProfileState[],
    options?: { readonly timeout?: number | undefined } & ProfileChoice,
  ): Promise<ProfileDetails>;
  /** Gets the QR code of the activation code as SVG. 409: the profile has no activation code. */
  qrCode(iccid: string, choice?: ProfileChoice): Promise<string>;
  /** Gets the QR code of the activation code as PNG. 409: the profile has no activation code. */
  qrImage(iccid: string, choice?: ProfileChoice): Promise<Buffer>;
  /** Gets the unprotected profile package (UPP) in DER. It contains the keys and codes of the profile. */
  package(iccid: string, choice?: ProfileChoice): Promise<Buffer>;
  /** Lists profiles in order of creation. */
  list(filter?: ProfileFilter & ListPart): Promise<ProfileList>;
  /** Removes a profile with its history and notifications. 404: unknown profile. */
  remove(iccid: string, choice?: ProfileChoice): Promise<void>;
  /**
   * Removes the profiles that match the filter. Without an argument, removes all profiles. 400: the filter has no
   * members. @returns number of removed profiles
   */
  clear(filter?: ProfileFilter): Promise<number>;
  /** Releases a confirmed order. 409: the order is not in the state Confirmed. */
  release(iccid: string, choice?: ProfileChoice): Promise<ProfileView>;
  /** Cancels an order. 409: there is no order, or the profile was downloaded. */
  cancel(iccid: string, options?: Cancellation, choice?: ProfileChoice): Promise<ProfileView>;
  /** Makes a spent profile downloadable again. 409: the profile was never released. */
  reset(iccid: string, limits?: LimitReset, choice?: ProfileChoice): Promise<ProfileView>;
  /**
   * Changes a profile as a download would, without a device: the same transitions, history and messages to its
   * operator. 409: the order does not allow a step. The steps before the refused step stay done.
   */
  simulate(
    iccid: string,
    simulation?: Asked<SimulationRequest>,
    choice?: ProfileChoice,
  ): Promise<SimulationView>;
}

export function profilesBy(call: CallApi): Profiles {
  const one = (iccid: string): string => `/profiles/${step(iccid)}`;
  const change = <Answer = ProfileView>(
    iccid: string,
    name: string,
    body: object,
    query: ProfileChoice = {},
  ): Promise<Answer> => call('POST', `${one(iccid)}/${name}`, { body, query });
  return {
    create: (request = {}) => call('POST', '/profiles', { body: request }),
    get: (iccid, choice = {}) => call('GET', one(iccid), { query: choice }),
    waitFor: (iccid, state, { timeout = 4, ...choice } = {}) =>
      call('GET', one(iccid), { query: { waitFor: [state].flat(), timeout, ...choice } }),
    qrCode: (iccid, choice = {}) => call('GET', `${one(iccid)}/qr.svg`, { query: choice }),
    qrImage: (iccid, choice = {}) => call('GET', `${one(iccid)}/qr.png`, { query: choice }),
    package: (iccid, choice = {}) => call('GET', `${one(iccid)}/package`, { query: choice }),
    list: (filter = {}) => call('GET', '/profiles', { query: { ...filter } }),
    remove: (iccid, choice = {}) => call('DELETE', one(iccid), { query: choice }),
    clear: async (filter) =>
      (await call<{ removed: number }>('DELETE', '/profiles', { query: { ...(filter ?? { all: true }) } }))
        .removed,
    release: (iccid, choice) => change(iccid, 'release', {}, choice),
    cancel: (iccid, options = {}, choice) => change(iccid, 'cancel', options, choice),
    reset: (iccid, limits = {}, choice) => change(iccid, 'reset', limits, choice),
    simulate: (iccid, simulation = {}, choice) => change(iccid, 'simulate', simulation, choice),
  };
}
