import type { DownloadOptions, DownloadResult } from './download-options.js';
import type { LpaError } from './errors.js';

/** Options for the downloads of a discovery, and the servers to ask. */
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
 * The result of asking one server. Servers that have nothing for the eUICC have no result, nor do SM-DSs that answer
 * with events.
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
