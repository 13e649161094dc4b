import type { Profile, ProfileState } from '../store/index.js';
import { Refusal, type StatusCode } from '../wire/rsp/index.js';

/** What a trigger does in one state: the next state, the status code of a refusal, or nothing. */
type Outcome = ProfileState | StatusCode | 'ignored';

/** The row of one trigger: the outcome in each listed state, and the outcome in all other states. */
type Row = Readonly<Partial<Record<ProfileState, Outcome>> & { otherwise: Outcome }>;

/**
 * The life cycle of a profile (SGP.22 3.1.6): the outcome of every trigger in every state. The callers check EID, MatchingID and limits.
 */
export const lifeCycle = {
  // ES2+, by the operator
  allocate: { Available: 'Allocated', otherwise: '8.2.1/3.3' },
  link: { Available: 'Linked', otherwise: '8.2.1/3.3' },
  confirm: { Allocated: 'Confirmed', Linked: 'Confirmed', otherwise: '8.2.1/3.3' },
  confirmAndRelease: { Allocated: 'Released', Linked: 'Released', otherwise: '8.2.1/3.3' },
  release: { Confirmed: 'Released', Released: 'Released', otherwise: '8.2.1/3.5' },
  cancelToAvailable: {
    Allocated: 'Available',
    Linked: 'Available',
    Confirmed: 'Available',
    Released: 'Available',
    Error: 'Available',
    otherwise: '8.2.1/3.3',
  },
  cancelToUnavailable: {
    Allocated: 'Unavailable',
    Linked: 'Unavailable',
    Confirmed: 'Unavailable',
    Released: 'Unavailable',
    Error: 'Unavailable',
    otherwise: '8.2.1/3.3',
  },

  // ES9+, by the device
  authenticateClient: {
    Released: 'Released',
    Downloaded: 'Downloaded',
    Allocated: '8.2/1.2',
    Linked: '8.2/1.2',
    Confirmed: '8.2/1.2',
    otherwise: '8.2.6/3.8',
  },
  getBoundProfilePackage: { Released: 'Downloaded', Downloaded: 'Downloaded', otherwise: '8.2/3.7' },
  postpone: { Released: 'Released', Downloaded: 'Downloaded', otherwise: 'ignored' },
  reject: { Released: 'Error', Downloaded: 'Error', otherwise: 'ignored' },
  installationSucceeded: { Downloaded: 'Installed', Error: 'Installed', otherwise: 'ignored' },
  installationInterrupted: { Downloaded: 'Downloaded', Error: 'Error', otherwise: 'ignored' },
  installationFailed: { Downloaded: 'Error', Error: 'Error', otherwise: 'ignored' },

  /** The eUICC has deleted the profile, and the operator lets it be downloaded again. */
  releaseAgain: { Installed: 'Released', otherwise: 'ignored' },

  // by the server, at a limit
  giveUp: { Released: 'Error', Downloaded: 'Error', otherwise: 'ignored' },

  // by hand, over the control API only
  reset: {
    Released: 'Released',
    Downloaded: 'Released',
    Installed: 'Released',
    Error: 'Released',
    otherwise: '8.2.1/3.5',
  },
  withdraw: { otherwise: 'Unavailable' },
} as const satisfies Record<string, Row>;

export type Trigger = keyof typeof lifeCycle;

const isStatus = (outcome: Outcome): outcome is StatusCode => outcome.includes('/');

/** Whether a profile can be downloaded again after an installation or a failure. */
const isReusable = (profile: Pick<Profile, 'reuse'>): boolean => profile.reuse !== 'once';

/** The state in which a download starts. An order that allows several downloads counts as Released again after each of them. */
export function downloadState(profile: Pick<Profile, 'state' | 'reuse'>): ProfileState {
  const isUsed = profile.state === 'Installed' || profile.state === 'Error';
  return isUsed && isReusable(profile) ? 'Released' : profile.state;
}

/**
 * The state after `trigger`. `undefined` if the trigger has no effect in this state.
 *
 * @throws Refusal with the status code of the table
 */
export function nextState(state: ProfileState, trigger: Trigger): ProfileState | undefined {
  const row: Row = lifeCycle[trigger];
  const outcome = row[state] ?? row.otherwise;
  if (isStatus(outcome))
    throw new Refusal(outcome, `${describe[trigger]} is not possible: profile is ${state}`);
  return outcome === 'ignored' ? undefined : outcome;
}

const describe: Readonly<Record<Trigger, string>> = {
  allocate: 'order',
  link: 'order',
  confirm: 'confirmation',
  confirmAndRelease: 'confirmation',
  release: 'release',
  cancelToAvailable: 'cancellation',
  cancelToUnavailable: 'cancellation',
  authenticateClient: 'download',
  getBoundProfilePackage: 'binding',
  postpone: 'postponement',
  reject: 'rejection',
  installationSucceeded: 'installation',
  installationInterrupted: 'installation',
  installationFailed: 'installation',
  releaseAgain: 'release',
  giveUp: 'termination',
  reset: 'reset',
  withdraw: 'withdrawal',
};
