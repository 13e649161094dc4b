/** The address of the SM-DP+ for devices. Both members may change at runtime, so pass the object on and read them when needed. */
export interface DeviceAddress {
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** Base URL of the device-facing listener on the server's machine. Absent until the listener is open. */
  readonly deviceUrl?: string | undefined;
}
