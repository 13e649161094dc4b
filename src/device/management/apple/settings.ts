/** States of the cellular software of an Apple device. Each has the error that RefreshCellularPlans then gets. */
export const cellularStates = {
  ready: undefined,
  unreachable: 36001,
  unsupported: 36002,
  busy: 36003,
} as const;
export type CellularState = keyof typeof cellularStates;

/** Properties of a virtual iPhone or iPad. Testers can choose the values that Apple does not document. */
export interface AppleSettings {
  /** Version of iOS, such as `17.2`. The device lacks the commands and keys that later versions introduced. */
  readonly osVersion: string;
  /** `user`: User Enrollment, which allows neither RefreshCellularPlans nor EraseDevice. */
  readonly enrollment: 'device' | 'user';
  readonly cellular: CellularState;
  /**
   * Whether the device is still locked after a restart. A locked device answers NotNow to all commands except
   * EraseDevice.
   */
  readonly isLocked: boolean;
  /** The restriction forcePreserveESIMOnErase (iOS 17.2, supervised). */
  readonly forcePreserveESIMOnErase: boolean;
  /** Seconds between RefreshCellularPlans and the request to the server. A real device takes up to three minutes. */
  readonly delaySeconds: number;
  /** Whether the device enables a plan that it has downloaded after RefreshCellularPlans. */
  readonly enablesPlan: boolean;
  /** ErrorDomain of the errors 36001 to 36003. Apple does not document this domain. */
  readonly cellularErrorDomain: string;
}

export const defaultAppleSettings: AppleSettings = {
  osVersion: '17.5',
  enrollment: 'device',
  cellular: 'ready',
  isLocked: false,
  forcePreserveESIMOnErase: false,
  delaySeconds: 0,
  enablesPlan: true,
  cellularErrorDomain: 'DMCCellularErrorDomain',
};

/** Whether a version of iOS is `wanted` or later. */
export function isFrom(osVersion: string, wanted: string): boolean {
  const [have, want] = [osVersion, wanted].map((version) => version.split('.').map(Number)) as [
    number[],
    number[],
  ];
  for (let at = 0; at < want.length; at++) {
    const [own = 0, other = 0] = [have[at], want[at]];
    if (own !== other) return own > other;
  }
  return true;
}
