import type { DeviceEventView, ExchangeSummary, TransitionView } from '../../api/index.js';
import type { JournalEvent } from '../../library/events.js';

/** Describes an event in one line: time, function, device and result. */
export const eventLine = (event: JournalEvent): string =>
  [event.at.slice(11, 19), ...wordsOf(event)].join(' ');

function wordsOf(event: JournalEvent): string[] {
  switch (event.kind) {
    case 'exchange':
      return exchangeWords(event);
    case 'profile':
      return profileWords(event);
    case 'device':
      return deviceWords(event);
  }
}

function deviceWords({ device, eid, event, operation, step }: DeviceEventView): string[] {
  const what = [operation?.action, step ? `${step.step}: ${step.message}` : event].filter(isGiven).join(' ');
  const why = event === 'ended' && operation?.error?.message;
  return ['device', device, eid, why ? `${what}: ${why}` : what];
}

const profileWords = ({ iccid, matchingId, from, to, trigger }: TransitionView): string[] =>
  ['profile', iccid, matchingId, `${from} > ${to}`, `(${trigger})`].filter(isGiven);

function exchangeWords(event: ExchangeSummary): string[] {
  const { message, outcome, hint, path, serverName, duration } = event;
  const words = [
    ...[event.interface, event.function, event.eid ?? event.peer, event.matchingId, event.result],
    `${Math.round(duration * 10) / 10} ms`,
  ].filter(isGiven);
  const remarks = [
    path,
    event.interface === 'TLS' && serverName && `for ${serverName}`,
    message,
    outcome !== 'acted upon' && outcome,
    hint,
  ].filter(isGiven);
  return remarks.length > 0 ? [`${words.join(' ')}: ${remarks.join('; ')}`] : words;
}

const isGiven = (word: string | null | undefined | false): word is string => Boolean(word);
