import type { DownloadOptions, DownloadResult } from './download-options.js';
import type { LpaError } from './errors.js';

/** Options of a discovery: the servers to ask, and the options for its downloads. */
export interface DiscoverOptions extends Omit<
  DownloadOptions,
  'activationCode' | 'smdpAddress' | 'matchingId'
> {
  /** Default SM-DP+ to ask, `host[:port]`; `null` skips it. Default: the address in the eUICC. */
  readonly smdpAddress?: string | null | undefined;
  /** SM-DSs to ask, each `host[:port]`. Default: the root SM-DSs in the eUICC. */
  readonly smdsAddresses?: readonly string[] | undefined;
  /** Called before each request to a server. `matchingId` is the EventID, if an SM-DS named the server. */
  readonly onServer?: ((address: string, matchingId: string | undefined) => void) | undefined;
}

/**
 * The outcome of one download that a discovery tried. A server that has no profile for the eUICC yields no outcome. Neither
 * does an SM-DS that answers with events.
 */
export interface DiscoveryResult {
  /** `host[:port]`. */
  readonly address: string;
  /** EventID with which an SM-DS named the server; absent if the server looked the profile up by EID. */
  readonly matchingId: string | undefined;
  /** Absent if the download failed. */
  readonly result?: DownloadResult | undefined;
  /** Why the download failed. */
  readonly error?: LpaError | undefined;
}
