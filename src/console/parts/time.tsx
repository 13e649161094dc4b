import { signal } from '@preact/signals';
import { locale, texts } from '../texts/texts.js';

/** The current time, read again every ten seconds so that ages stay up to date. */
const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 10_000);

function ageOf(milliseconds: number): string {
  const { parts } = texts.value;
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 5) return parts.now;
  if (seconds < 60) return parts.seconds(seconds);
  if (seconds < 3_600) return parts.minutes(Math.round(seconds / 60));
  if (seconds < 86_400) return parts.hours(Math.round(seconds / 3_600));
  return parts.days(Math.round(seconds / 86_400));
}

const formats = new Map<string, Intl.DateTimeFormat>();
const formatIn = (name: string): Intl.DateTimeFormat => {
  const format =
    formats.get(name) ?? new Intl.DateTimeFormat(name, { dateStyle: 'medium', timeStyle: 'medium' });
  formats.set(name, format);
  return format;
};

/** A time in the user's language and time zone. */
export const timeText = (at: string): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : formatIn(locale()).format(date);
};

/**
 * A time, shown as its age or in full. Users can set the server's clock, so a time may be in the future. It is then
 * shown in full.
 */
export function Time({ at, isFull }: { readonly at: string; readonly isFull?: boolean }) {
  const age = now.value - new Date(at).getTime();
  return (
    <time dateTime={at} title={`${timeText(at)} (${at})`}>
      {isFull || !(age > -5_000) ? timeText(at) : ageOf(Math.max(age, 0))}
    </time>
  );
}
