/** Properties of a virtual Android device under management. */
export interface AndroidSettings {
  /** `company`: the enterprise owns the device. `personal`: the user owns the device, which has a work profile. */
  readonly ownership: 'company' | 'personal';
  /** Major version of Android. Older versions lack some commands. */
  readonly androidVersion: number;
  /** Whether the device has an eUICC at all. */
  readonly hasEuicc: boolean;
  /** Whether the setup wizard still runs. */
  readonly isSetupInProgress: boolean;
  /** Number of eSIMs that can be active at the same time. */
  readonly slots: number;
  /** Number of active eSIMs in other slots, in addition to the eSIMs of this eUICC. */
  readonly activeElsewhere: number;
  /** The answer of the user of a personal device when the enterprise asks for the EID. `pending`: no answer yet. */
  readonly deviceInfoConsent: 'granted' | 'declined' | 'pending';
}

export const defaultAndroidSettings: AndroidSettings = {
  ownership: 'company',
  androidVersion: 15,
  hasEuicc: true,
  isSetupInProgress: false,
  slots: 1,
  activeElsewhere: 0,
  deviceInfoConsent: 'granted',
};
