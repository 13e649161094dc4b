import type { DownloadOptions, DownloadResult } from './download-options.js';
import type { LpaError } from './errors.js';

/** How every download of a discovery goes, and whom to ask. */
export interface DiscoverOptions extends Omit<
  DownloadOptions,
  'activationCode' | 'smdpAddress' | 'matchingId'
> {
  /** Default SM-DP+, `host[:port]`; `null` asks none. Default: the eUICC's. */
  readonly smdpAddress?: string | null | undefined;
  /** SM-DSs, each `host[:port]`. Default: those of the eUICC. */
  readonly smdsAddresses?: readonly string[] | undefined;
  /** Called before a server is asked. */
  readonly onServer?: ((address: string, matchingId: string | undefined) => void) | undefined;
}

/** What came of one server that was asked, but for those that have nothing, and SM-DSs that name others. */
export interface DiscoveryResult {
  /** `host[:port]`. */
  readonly address: string;
  /** EventID that led there; absent where the profile was looked up by EID. */
  readonly matchingId: string | undefined;
  /** Absent where it failed. */
  readonly result?: DownloadResult | undefined;
  readonly error?: LpaError | undefined;
}
