/** The operation codes of Android's EuiccManager. They are the first octet of a detailed code. */
export const AndroidOperation = {
  OPERATION_SYSTEM: 1,
  OPERATION_SIM_SLOT: 2,
  OPERATION_EUICC_CARD: 3,
  OPERATION_SWITCH: 4,
  OPERATION_DOWNLOAD: 5,
  OPERATION_METADATA: 6,
  OPERATION_EUICC_GSMA: 7,
  OPERATION_APDU: 8,
  OPERATION_SMDX: 9,
  OPERATION_SMDX_SUBJECT_REASON_CODE: 10,
  OPERATION_HTTP: 11,
} as const;
export type AndroidOperationName = keyof typeof AndroidOperation;

/** The error codes of Android's EuiccManager. They are the last three octets of a detailed code. 0 is an unknown error. */
export const AndroidError = {
  ERROR_CARRIER_LOCKED: 10000,
  ERROR_INVALID_ACTIVATION_CODE: 10001,
  ERROR_INVALID_CONFIRMATION_CODE: 10002,
  ERROR_INCOMPATIBLE_CARRIER: 10003,
  ERROR_EUICC_INSUFFICIENT_MEMORY: 10004,
  ERROR_TIME_OUT: 10005,
  ERROR_EUICC_MISSING: 10006,
  ERROR_UNSUPPORTED_VERSION: 10007,
  ERROR_SIM_MISSING: 10008,
  ERROR_INSTALL_PROFILE: 10009,
  ERROR_DISALLOWED_BY_PPR: 10010,
  ERROR_ADDRESS_MISSING: 10011,
  ERROR_CERTIFICATE_ERROR: 10012,
  ERROR_NO_PROFILES_AVAILABLE: 10013,
  ERROR_CONNECTION_ERROR: 10014,
  ERROR_INVALID_RESPONSE: 10015,
  ERROR_OPERATION_BUSY: 10016,
  ERROR_INVALID_PORT: 10017,
} as const;
export type AndroidErrorName = keyof typeof AndroidError;

/** The values of EMBEDDED_SUBSCRIPTION_RESULT_… in Android's EuiccManager. */
export const AndroidResult = { OK: 0, RESOLVABLE_ERROR: 1, ERROR: 2 } as const;
export type AndroidResultName = keyof typeof AndroidResult;

/** What an Android phone reports in EXTRA_EMBEDDED_SUBSCRIPTION_DETAILED_CODE, and the parts of this code. */
export interface AndroidWords {
  readonly result: AndroidResultName;
  /** `0x0A811038` */
  readonly detailedCode: string;
  readonly operationCode: number;
  readonly operationName: AndroidOperationName;
  /** The last three octets of the detailed code. */
  readonly errorCode: number;
  /** Null if `errorCode` is an unknown error (0), an HTTP status, or a status code of SGP.22. */
  readonly errorName: AndroidErrorName | null;
  /** Whether a public source confirms these values. */
  readonly confirmed: boolean;
}

interface AndroidOutcome {
  readonly error?: AndroidErrorName | number;
  readonly result?: AndroidResultName;
  readonly confirmed?: boolean;
}

/** Android documents the numbers. Android prescribes the number only for status codes: for any other failure, each LPA chooses the number. */
export function androidWords(
  operationName: AndroidOperationName,
  { error = 0, result = 'ERROR', confirmed = false }: AndroidOutcome = {},
): AndroidWords {
  const operationCode = AndroidOperation[operationName];
  const errorCode = typeof error === 'number' ? error : AndroidError[error];
  return {
    result,
    detailedCode: hex(operationCode * 0x1000000 + errorCode),
    operationCode,
    operationName,
    errorCode,
    errorName: typeof error === 'number' ? null : error,
    confirmed,
  };
}

/**
 * What an Android phone reports for a status code of SGP.22 5.2.6. Android documents how the status code is packed
 * (OPERATION_SMDX_SUBJECT_REASON_CODE): subject code and reason code take three digits of four bits each, with zeros on the left.
 */
export function androidStatusWords(status: string, result: AndroidResultName = 'ERROR'): AndroidWords {
  const packed = packedStatus(status);
  return packed === undefined
    ? androidWords('OPERATION_SMDX', { result })
    : androidWords('OPERATION_SMDX_SUBJECT_REASON_CODE', { error: packed, result, confirmed: true });
}

/** `8.11.1/5.1` becomes 0x8B1051. `undefined` if a code has more than three numbers, or a number does not fit into four bits. */
export function packedStatus(status: string): number | undefined {
  const parts = status.split('/').map((code) => code.split('.').map(Number));
  if (parts.length !== 2 || !parts.every(fits)) return undefined;
  return parts.flatMap(padded).reduce((code, digit) => code * 16 + digit, 0);
}

const fits = (numbers: readonly number[]): boolean =>
  numbers.length <= 3 && numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= 15);

const padded = (numbers: readonly number[]): number[] => [
  ...new Array<number>(3 - numbers.length).fill(0),
  ...numbers,
];

const hex = (code: number): string => `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
