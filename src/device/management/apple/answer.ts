import { cellularErrors, type CellularErrorCode } from '../../../wire/device-words/index.js';
import { dictOf, type PlistDict, type PlistValue } from './plist/index.js';

/** Status of an answer. Idle: the device has no command to answer, and is ready for a command. */
export type AppleStatus = 'Acknowledged' | 'Error' | 'CommandFormatError' | 'NotNow' | 'Idle';

/** An item of an ErrorChain. */
export interface ErrorItem {
  readonly code: number;
  readonly domain: string;
  readonly description: string;
}

export interface AppleAnswer {
  readonly status: AppleStatus;
  /** Absent if there was no command to answer. */
  readonly uuid?: string | undefined;
  readonly errorChain?: readonly ErrorItem[] | undefined;
  /** The data that the command requested. */
  readonly members?: Readonly<Record<string, PlistValue>> | undefined;
}

/** The answer as the device sends it to the MDM server. */
export const answerPlist = ({ status, uuid, errorChain, members }: AppleAnswer, udid: string): PlistDict =>
  dictOf({
    ...(errorChain && { ErrorChain: errorChain.map(errorDict) }),
    ...members,
    ...(uuid !== undefined && { CommandUUID: uuid }),
    Status: status,
    UDID: udid,
  });

const errorDict = ({ code, domain, description }: ErrorItem): PlistDict =>
  dictOf({
    ErrorCode: code,
    ErrorDomain: domain,
    LocalizedDescription: description,
    USEnglishDescription: description,
  });

/** Error 36001, 36002 or 36003. */
export const cellularErrorItem = (code: CellularErrorCode, domain: string): ErrorItem => ({
  code,
  domain,
  description: cellularErrors[code],
});

/**
 * The error for a command that the device does not know or that is not allowed. Apple does not document the code and
 * domain of this error.
 */
export const unsupportedCommand = (description: string): ErrorItem => ({
  code: 12021,
  domain: 'MCMDMErrorDomain',
  description,
});
