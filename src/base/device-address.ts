/** Where devices find the SM-DP+. Both members may change while the server runs: hand over the object, and read them at use. */
export interface DeviceAddress {
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** Base URL of the device-facing listener on the server's own machine; absent until the listener is open. */
  readonly deviceUrl?: string | undefined;
}
