/** How a device of a fleet can end. Each device ends in exactly one of these states. */
export const fleetStates = {
  installed: 'has its profile, and the server knows',
  installedNotReported: 'has its profile, but the server did not get the notification of the installation',
  nothingPending: 'the servers have no profile for this device',
  cancelled: 'the user or the LPA cancelled the download',
  refused: 'the server refused with a status code',
  euiccRefused: 'the eUICC or the LPA refused data from the server',
  installFailed: 'the eUICC could not install the profile',
  powerLost: 'lost power in each attempt',
  nonconforming: 'the answer of the server does not conform to SGP.22',
  unreachable: 'no answer, even after all retries',
  deviceError: 'the device could not be made, or its options are wrong',
  interrupted: 'was still running when the fleet was stopped',
  notStarted: 'had not begun when the fleet was stopped',
} as const;

/** Name of an end state. */
export type FleetState = keyof typeof fleetStates;

/** The end of one device. */
export interface DeviceEnd {
  readonly state: FleetState;
  /** Step of the download that failed. */
  readonly step?: string | undefined;
  /** Status code of the server (`8.2.6/3.8`), or code of the eUICC or the network. */
  readonly code?: string | undefined;
  /** What failed, in words. */
  readonly message?: string | undefined;
}
