import type { DeviceWords } from './words.js';

/**
 * `T` with any string or number in place of its literals, because a server of another version may send other names and
 * codes.
 */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends object
      ? { readonly [Member in keyof T]: Widened<T[Member]> }
      : T;
type Words = Widened<Omit<DeviceWords, 'failure'>>;

/** What each system reports, one line per system. A line ends with `(unconfirmed)` if no public source confirms it. */
export const wordLines = ({ windows, android, iphone, lpac }: Words): readonly string[] => [
  line('Windows', windowsText(windows), windows.confirmed),
  line('Android', androidText(android), android.confirmed),
  line('iPhone', iphoneText(iphone), iphone.confirmed),
  line('lpac', lpacText(lpac), lpac.confirmed),
];

const line = (system: string, text: string, isConfirmed: boolean): string =>
  `${system.padEnd(7)} ${text}${isConfirmed ? '' : ' (unconfirmed)'}`;

export const windowsText = (words: Words['windows']): string =>
  [
    words.errorDetail === null
      ? 'no ErrorDetail'
      : `ErrorDetail ${words.errorDetail} ${words.errorDetailName}`,
    `ESimOperationStatus ${words.operationStatus} ${words.operationStatusName}`,
  ].join(', ');

export const androidText = ({ detailedCode, result, operationName, ...words }: Words['android']): string =>
  [`${detailedCode} ${result}`, operationName, words.errorName].filter(Boolean).join(', ');

export const iphoneText = ({ status, errorCode }: Words['iphone']): string =>
  errorCode === null ? 'Acknowledged, then silent' : `${status}, ErrorChain ${errorCode}`;

export const lpacText = ({ message, data }: Words['lpac']): string => {
  if (message === null) return 'no error';
  return data === null ? `"${message}"` : `"${message}": "${data}"`;
};
