import { CancelSessionReason, ErrorReason, type StatusCode } from '../../wire/rsp/index.js';

/** How a simulated download fails. `at` names the step that fails. */
export type FailureRule =
  /** The server refuses the download at ES9+.AuthenticateClient. */
  | { readonly at: 'start'; readonly status: StatusCode }
  /** The server refuses the confirmation code at ES9+.GetBoundProfilePackage. */
  | { readonly at: 'code'; readonly status: StatusCode }
  /** The server refuses to deliver the BPP at ES9+.GetBoundProfilePackage. */
  | { readonly at: 'delivery'; readonly status: StatusCode }
  /** The device cancels the session, before it asks for the BPP (`offer`) or after it has got the BPP (`package`). */
  | { readonly at: 'offer' | 'package'; readonly cancels: number }
  /** The eUICC reports that it could not install the package. */
  | { readonly at: 'installation'; readonly errorReason: number };

const before = (name: keyof typeof CancelSessionReason): FailureRule => ({
  at: 'offer',
  cancels: CancelSessionReason[name],
});

const refusals = {
  expired: { at: 'start', status: '8.8.5/4.10' },
  noAttemptsLeft: { at: 'start', status: '8.8.5/6.4' },
  notEligible: { at: 'start', status: '8.2.5/4.3' },
  notEnoughMemory: { at: 'start', status: '8.1/4.8' },
  confirmationCodeMissing: { at: 'code', status: '8.2.7/2.2' },
  confirmationCodeWrong: { at: 'code', status: '8.2.7/3.8' },
  noConfirmationCodeAttemptsLeft: { at: 'code', status: '8.2.7/6.4' },
  otherDeviceFirst: { at: 'delivery', status: '8.2/3.7' },
  expiredMeanwhile: { at: 'delivery', status: '8.8.5/4.10' },
} as const satisfies Record<string, FailureRule>;

const cancellations = {
  endUserRejection: before('endUserRejection'),
  postponed: before('postponed'),
  timeout: before('timeout'),
  pprNotAllowed: before('pprNotAllowed'),
  metadataMismatch: before('metadataMismatch'),
  undefinedReason: before('undefinedReason'),
  loadBppExecutionError: { at: 'package', cancels: CancelSessionReason.loadBppExecutionError },
} as const satisfies Record<string, FailureRule>;

/** The name of the failure for an ErrorReason. It begins with `install` if a cancellation already has the name of the ErrorReason. */
const installationName = (reason: string): string =>
  reason in cancellations ? `install${reason[0]!.toUpperCase()}${reason.slice(1)}` : reason;

type InstallationFailure =
  Exclude<keyof typeof ErrorReason, keyof typeof cancellations> | 'installPprNotAllowed';

const installations = Object.fromEntries(
  Object.entries(ErrorReason).map(([reason, errorReason]) => [
    installationName(reason),
    { at: 'installation', errorReason },
  ]),
) as Record<InstallationFailure, FailureRule>;

export type SimulatedFailure = keyof typeof refusals | keyof typeof cancellations | InstallationFailure;

const rules: Readonly<Record<SimulatedFailure, FailureRule>> = {
  ...refusals,
  ...cancellations,
  ...installations,
};

/** The failures that can be simulated, in the order of a download. */
export const simulatedFailures = Object.keys(rules) as readonly SimulatedFailure[];

export const failureRule = (failure: SimulatedFailure): FailureRule => rules[failure];
