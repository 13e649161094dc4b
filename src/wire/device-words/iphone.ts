/** The error codes of Apple's RefreshCellularPlans, and their meaning. */
export const cellularErrors = {
  36001: 'The device cannot communicate with the cellular software stack.',
  36002: 'The hardware does not support this command.',
  36003: 'The cellular software stack cannot perform the request now. Try again later.',
} as const;
export type CellularErrorCode = keyof typeof cellularErrors;

/** What an iPhone or iPad answers to RefreshCellularPlans. */
export interface IphoneWords {
  readonly status: 'Acknowledged' | 'Error';
  /** The ErrorCode in ErrorChain. Null if the answer has no ErrorChain. */
  readonly errorCode: CellularErrorCode | null;
  /** Whether a public source confirms this answer. */
  readonly confirmed: boolean;
}

/**
 * The device acknowledges the command before it calls the server. It reports nothing later, so its MDM server never
 * learns how the SM-DP+ answered.
 */
export const acknowledged: IphoneWords = { status: 'Acknowledged', errorCode: null, confirmed: true };

export const cellularError = (errorCode: CellularErrorCode): IphoneWords => ({
  status: 'Error',
  errorCode,
  confirmed: true,
});
