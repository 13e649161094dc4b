import type { Answer, Exchange } from '../exchanges/index.js';
import { fromOctets, recordOf, type ExchangeRecord } from '../exchanges/record.js';
import type { ProfileTransition } from './entry.js';

/** Increase this number whenever readers of the previous version could not understand the new records. */
const format = 1;

/** An entry of the shared journal. */
export type LogRecord = { readonly format: number } & (
  | {
      readonly kind: 'exchange';
      readonly exchange: ExchangeRecord;
      readonly answer: Answer;
      readonly at: number;
      readonly arrivedAt: number;
      /** Milliseconds from arrival to answer. */
      readonly duration: number;
    }
  | { readonly kind: 'transition'; readonly transition: ProfileTransition }
  | { readonly kind: 'device'; readonly namespace: string; readonly event: object }
  /** Entries were removed by a user. */
  | { readonly kind: 'removal'; readonly ids: readonly number[] }
  /** A user emptied the journal, or a namespace. Earlier entries no longer count as lost. */
  | { readonly kind: 'emptied'; readonly namespace: string | undefined; readonly upTo: number }
);

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export const logRecord = (record: Without<LogRecord, 'format'>): object => ({ format, ...record });

export const exchangeRecord = (
  exchange: Exchange,
  answer: Answer,
  times: { readonly at: number; readonly arrivedAt: number },
): object =>
  logRecord({
    ...{ kind: 'exchange', exchange: recordOf(exchange), answer, ...times },
    duration: performance.now() - exchange.startedAt,
  });

/** @returns `undefined` for a record of another version of the program */
export function readRecord(octets: Buffer): LogRecord | undefined {
  const record = fromOctets(octets) as LogRecord;
  return record.format === format ? record : undefined;
}
