/** A command of the Android Management API about eSIMs. */
export type AndroidCommand =
  | {
      readonly type: 'ADD_ESIM';
      readonly addEsimParams: {
        readonly activationCode: string;
        readonly activationState: 'ACTIVATED' | 'NOT_ACTIVATED';
      };
    }
  | { readonly type: 'REMOVE_ESIM'; readonly removeEsimParams: { readonly iccId: string } }
  | { readonly type: 'REQUEST_DEVICE_INFO'; readonly requestDeviceInfoParams: { readonly deviceInfo: 'EID' } }
  | { readonly type: 'WIPE'; readonly wipeParams: { readonly wipeDataFlags: readonly WipeDataFlag[] } };

export const wipeDataFlags = [
  'PRESERVE_RESET_PROTECTION_DATA',
  'WIPE_EXTERNAL_STORAGE',
  'WIPE_ESIMS',
] as const;
export type WipeDataFlag = (typeof wipeDataFlags)[number];

/** First version of Android that accepts each command. */
export const firstVersions: Readonly<Record<AndroidCommand['type'], number>> = {
  ADD_ESIM: 15,
  REMOVE_ESIM: 15,
  REQUEST_DEVICE_INFO: 13,
  WIPE: 5,
};

export const esimStatuses = [
  'SUCCESS',
  'IN_PROGRESS',
  'PENDING_USER_ACTION',
  'ERROR_SETUP_IN_PROGRESS',
  'ERROR_USER_DENIED',
  'INTERNAL_ERROR',
  'ERROR_ICC_ID_NOT_FOUND',
  'ERROR_MULTIPLE_ACTIVE_ESIMS_NO_AVAILABLE_SLOT',
] as const;

/** Details of INTERNAL_ERROR. Numbers are strings, because the API writes 64-bit numbers as strings. */
export interface InternalErrorDetails {
  readonly errorCode: string;
  readonly errorCodeDetail: string;
  readonly operationCode: string;
  readonly operationCodeDetail: string;
}

export interface EsimStatus {
  readonly status: (typeof esimStatuses)[number];
  readonly esimInfo?: { readonly iccId: string } | undefined;
  readonly internalErrorDetails?: InternalErrorDetails | undefined;
}

export const deviceInfoStatuses = [
  'SUCCEEDED',
  'PENDING_USER_ACTION',
  'USER_DECLINED',
  'UNSUPPORTED',
] as const;

export interface DeviceInfoStatus {
  readonly status: (typeof deviceInfoStatuses)[number];
  readonly eidInfo?: { readonly eids: readonly { readonly eid: string }[] } | undefined;
}

/** Why the device did not start a command. */
export const commandErrorCodes = ['API_LEVEL', 'MANAGEMENT_MODE', 'INVALID_VALUE', 'UNSUPPORTED'] as const;
export type CommandErrorCode = (typeof commandErrorCodes)[number];

/** The present status of a command. */
export interface CommandStatus {
  readonly errorCode?: CommandErrorCode | undefined;
  readonly esimStatus?: EsimStatus | undefined;
  readonly requestDeviceInfoStatus?: DeviceInfoStatus | undefined;
}

/** Whether the device still works on the command. */
export const isUnderWay = ({ esimStatus, requestDeviceInfoStatus }: CommandStatus): boolean =>
  [esimStatus?.status, requestDeviceInfoStatus?.status].some(
    (status) => status === 'IN_PROGRESS' || status === 'PENDING_USER_ACTION',
  );
