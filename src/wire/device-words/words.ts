import { reasons, subjects } from '../rsp/index.js';
import type { AndroidWords } from './android.js';
import type { Failure } from './failure.js';
import type { IphoneWords } from './iphone.js';
import { lpacWords, type LpacWords } from './lpac.js';
import { keysOf, rows, windowsOf, type Row } from './table.js';
import type { WindowsWords } from './windows.js';

/** What devices of each system would report for one failure. `confirmed` says whether a public source confirms it. */
export interface DeviceWords {
  /** The failure itself, for people: `8.1.1/3.8 EID: Refused`. */
  readonly failure: string;
  readonly windows: WindowsWords;
  readonly android: AndroidWords;
  readonly iphone: IphoneWords;
  readonly lpac: LpacWords;
}

/** What devices of each system would report for this failure. */
export function deviceWords(failure: Failure): DeviceWords {
  const row = rowOf(failure);
  return {
    failure: nameOf(failure),
    windows: windowsOf(row),
    android: row.android(failure),
    iphone: row.iphone,
    lpac: lpacWords(failure),
  };
}

function rowOf(failure: Failure): Row {
  for (const key of keysOf(failure)) {
    const found = byKey.get(key);
    if (found) return found;
  }
  throw new Error(`the table has no row for ${failure.kind}`);
}

const byKey = new Map(rows.map((row) => [row.key, row]));

function nameOf(failure: Failure): string {
  switch (failure.kind) {
    case 'status':
      return `${failure.status}${statusName(failure.status)}`;
    case 'http':
      return `HTTP status ${failure.httpStatus} from ${failure.function}`;
    case 'answer':
      return `the answer of ${failure.function} does not conform to SGP.22`;
    case 'connection':
      return `${connectionNames[failure.what]} (${failure.function})`;
    case 'eUICC':
      return `the eUICC refuses the server at ${failure.function}: ${failure.code}`;
    case 'cancel':
      return `cancelled by the device: ${failure.reason}`;
    case 'installation':
      return `not installed: ${failure.reason} at ${failure.command}`;
    case 'device':
      return rowOf(failure).what;
  }
}

const connectionNames = {
  unreachable: 'no connection to the server',
  interrupted: 'the connection broke',
  timeout: 'no answer in time',
  tls: "the device does not trust the server's TLS certificate",
} as const;

function statusName(status: string): string {
  const [subject = '', reason = ''] = status.split('/');
  const names = [nameIn(subjects, subject), nameIn(reasons, reason)].filter(Boolean).join(': ');
  return names && ` ${names}`;
}

const nameIn = (names: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(names, code) ? names[code]! : '';
