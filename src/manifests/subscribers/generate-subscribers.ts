import type { Subscriber } from '../../profiles/index.js';
import { iccidWithCheckDigit } from '../../wire/rsp/index.js';
import type { SubscriberRow } from './read-subscribers.js';

/** Subscribers with consecutive numbers. */
export interface SubscriberRange {
  readonly count: number;
  /** The first IMSI. Default: the IMSI of the profile type. */
  readonly imsi?: string | undefined;
  /** The first telephone number. Default: the telephone number of the profile type. */
  readonly msisdn?: string | undefined;
  /** The first ICCID. Default: the next free ICCIDs. */
  readonly iccid?: string | undefined;
  /** Members that all subscribers have in common. */
  readonly subscriber: Subscriber;
}

/** The rows of a range, one for each subscriber. */
export function subscribersInRange({
  count,
  imsi,
  msisdn,
  iccid,
  subscriber,
}: SubscriberRange): readonly SubscriberRow[] {
  return Array.from({ length: count }, (_, index) => ({
    line: index + 1,
    columnOf: new Map(),
    request: {
      ...(iccid !== undefined && { iccid: iccidAfter(iccid, index) }),
      subscriber: {
        ...subscriber,
        ...(imsi !== undefined && { imsi: numberAfter(imsi, index) }),
        ...(msisdn !== undefined && { msisdn: numberAfter(msisdn, index) }),
      },
    },
  }));
}

/** The number that is `steps` above `first`, with the same length and the same leading `+`. */
function numberAfter(first: string, steps: number): string {
  const digits = first.replace('+', '');
  const sum = (BigInt(digits) + BigInt(steps)).toString().padStart(digits.length, '0');
  return first.startsWith('+') ? `+${sum}` : sum;
}

/** The ICCID that is `steps` above `first`, with a new check digit. */
const iccidAfter = (first: string, steps: number): string =>
  iccidWithCheckDigit(numberAfter(first.slice(0, -1), steps));
