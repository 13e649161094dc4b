import { Asn1Error } from '../wire/asn1/index.js';
import type { Time } from './x509.js';

const utcTime = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Converts an X.509 Time to a date. RFC 5280 4.1.2.5 allows only one form: with seconds, UTC (Z), no fraction.
 *
 * @throws Asn1Error for any other form and for impossible dates such as the 30th of February
 */
export function dateFromTime(time: Time): Date {
  const text = 'utcTime' in time ? time.utcTime : time.generalTime;
  const match = ('utcTime' in time ? utcTime : generalizedTime).exec(text);
  if (!match) throw new Asn1Error('is not a time as RFC 5280 writes it');
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    ...(readonly [number, number, number, number, number]),
  ];
  const date = new Date(0);
  date.setUTCFullYear('utcTime' in time ? (year < 50 ? 2000 : 1900) + year : year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  if (
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    throw new Asn1Error('is not a date of the calendar');
  return date;
}
