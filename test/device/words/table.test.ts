import { describe, expect, it } from 'vitest';
import { connectionFailure } from '../../../src/device/management/words/index.js';
import {
  AndroidError,
  androidStatusWords,
  deviceWords,
  ErrorDetail,
  type Failure,
  keysOf,
  packedStatus,
  wordLines,
  wordRows,
} from '../../../src/wire/device-words/index.js';
import {
  AuthenticateErrorCode,
  BppCommandId,
  CancelSessionReason,
  DownloadErrorCode,
  ErrorReason,
  statusCodes,
} from '../../../src/wire/rsp/index.js';

const keys = <Key extends string>(of: Readonly<Record<Key, unknown>>): Key[] => Object.keys(of) as Key[];

/** One failure of each kind that can be provoked. */
const failures: readonly Failure[] = [
  ...[...statusCodes, '9.9/9.9', '8.16/1.1', '1/2'].map((status): Failure => ({
    kind: 'status',
    status,
    function: 'authenticateClient',
    message: 'no',
  })),
  { kind: 'http', httpStatus: 503, function: 'initiateAuthentication' },
  { kind: 'answer', function: 'getBoundProfilePackage' },
  ...(['unreachable', 'interrupted', 'timeout', 'tls'] as const).map((what): Failure => ({
    kind: 'connection',
    what,
    function: 'initiateAuthentication',
  })),
  ...keys(AuthenticateErrorCode).map((code): Failure => ({
    kind: 'eUICC',
    function: 'authenticateServer',
    code,
  })),
  ...keys(DownloadErrorCode).map((code): Failure => ({ kind: 'eUICC', function: 'prepareDownload', code })),
  ...keys(CancelSessionReason).map((reason): Failure => ({ kind: 'cancel', reason })),
  ...keys(ErrorReason).flatMap((reason) =>
    keys(BppCommandId).map((command): Failure => ({ kind: 'installation', command, reason })),
  ),
  ...(['noEuicc', 'busy', 'unavailable'] as const).map((trouble): Failure => ({ kind: 'device', trouble })),
];

describe('the table of words', () => {
  it('has words of every system for every failure, and one line for each', () => {
    for (const failure of failures) {
      const words = deviceWords(failure);
      expect(words.failure).not.toBe('');
      expect(words.android.detailedCode).toMatch(/^0x0[1-9AB][0-9A-F]{6}$/);
      expect(wordLines(words)).toHaveLength(4);
    }
  });

  it('has no row that no failure reaches', () => {
    const known = new Set(wordRows.map(({ key }) => key));
    const reached = new Set(failures.map((failure) => keysOf(failure).find((key) => known.has(key))));
    expect([...known].filter((key) => !reached.has(key))).toEqual([]);
  });

  it('uses every ErrorDetail of Windows but None', () => {
    const used = new Set(wordRows.map(({ windows: [detail] }) => detail).filter((detail) => detail !== null));
    expect([...used].sort()).toEqual(
      keys(ErrorDetail)
        .filter((name) => name !== 'None')
        .sort(),
    );
  });
});

describe("Android's packing of a status code", () => {
  it.each([
    ['8.11.1/5.1.1', 0xa8b1511],
    ['1/1', 0xa001001],
    ['3.0.1/5.1', 0xa301051],
    ['8.1/5', 0xa081005],
    ['8.11.1/5.1', 176885841],
    ['8.1.1/3.8', 0x0a811038],
    ['8.8.5/4.10', 0x0a88504a],
  ])('is that of EuiccService for %s', (status, code) => {
    expect(Number(androidStatusWords(status).detailedCode)).toBe(code);
  });

  it.each(['8.1.1.1/3.8', '8.16/1', '8.1', '', '8.x/1'])('has no room for %s', (status) => {
    expect(packedStatus(status)).toBeUndefined();
    expect(androidStatusWords(status)).toMatchObject({ detailedCode: '0x09000000', confirmed: false });
  });

  it('numbers the errors from 10000', () => {
    expect(Object.values(AndroidError)).toEqual(Array.from({ length: 18 }, (_, at) => 10000 + at));
  });
});

describe('an error of the network', () => {
  const errorWith = (code: string): Error => Object.assign(new Error(code), { code });

  it.each([
    [errorWith('ECONNREFUSED'), 'unreachable'],
    [errorWith('ENOTFOUND'), 'unreachable'],
    [errorWith('ECONNRESET'), 'interrupted'],
    [errorWith('CERT_HAS_EXPIRED'), 'tls'],
    [errorWith('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
    [errorWith('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
    [errorWith('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls'],
    [errorWith('ETIMEDOUT'), 'timeout'],
    [new DOMException('too late', 'TimeoutError'), 'timeout'],
    [new AggregateError([errorWith('ECONNREFUSED')]), 'unreachable'],
    [undefined, 'unreachable'],
  ])('%s means: %s', (cause, what) => {
    expect(connectionFailure(cause)).toBe(what);
  });
});
