import type { DownloadOptions, DownloadResult } from './download-options.js';
import type { LpaError } from './errors.js';

/** The options of a discovery: the servers to ask, and the options of the downloads that follow. */
export interface DiscoverOptions extends Omit<
  DownloadOptions,
  'activationCode' | 'smdpAddress' | 'matchingId'
> {
  /** The default SM-DP+ to ask, `host[:port]`. `null`: the LPA asks no default SM-DP+. Default: the address in the eUICC. */
  readonly smdpAddress?: string | null | undefined;
  /** The SM-DSs to ask, each `host[:port]`. Default: the root SM-DSs in the eUICC. */
  readonly smdsAddresses?: readonly string[] | undefined;
  /** Called before the LPA asks a server. `matchingId` is the EventID, if an SM-DS has named the server. */
  readonly onServer?: ((address: string, matchingId: string | undefined) => void) | undefined;
}

/**
 * The outcome of one download that a discovery tried. There is no outcome for a server without a profile for the eUICC,
 * or for an SM-DS that answers with events.
 */
export interface DiscoveryResult {
  /** `host[:port]`. */
  readonly address: string;
  /** The EventID with which an SM-DS has named the server. `undefined` if the server looked for a profile by EID. */
  readonly matchingId: string | undefined;
  /** Absent if the download failed. */
  readonly result?: DownloadResult | undefined;
  /** Why the download failed. */
  readonly error?: LpaError | undefined;
}
