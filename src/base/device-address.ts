/** The address of the SM-DP+ for devices. Both members may change at runtime, so keep the object, and read a member each time you need it. */
export interface DeviceAddress {
  /** The SM-DP+ address: `host` or `host:port`. */
  readonly address: string;
  /** Base URL at which programs on the server's machine reach the device-facing listener. Absent until the listener is open. */
  readonly deviceUrl?: string | undefined;
}
