/** An event of `/events`, as far as it is shown. */
export interface JournalEvent {
  readonly kind: string;
  readonly at: string;
  readonly eid?: string;
  readonly matchingId?: string | null;
  readonly iccid?: string;
  /** Of exchanges. */
  readonly interface?: string;
  readonly function?: string;
  readonly result?: string;
  /** Milliseconds. */
  readonly duration?: number;
  readonly message?: string;
  /** Of notifications. */
  readonly outcome?: string;
  readonly hint?: string;
  readonly peer?: string;
  readonly serverName?: string;
  readonly path?: string;
  /** Of profiles. */
  readonly from?: string;
  readonly to?: string;
  readonly trigger?: string;
}

/** One line for one event: when, what, who, what came of it. */
export const eventLine = (event: JournalEvent): string =>
  [event.at.slice(11, 19), ...(event.kind === 'profile' ? profileWords(event) : exchangeWords(event))].join(
    ' ',
  );

const profileWords = ({ iccid, matchingId, from, to, trigger }: JournalEvent): string[] =>
  ['profile', iccid, matchingId, `${from ?? ''} > ${to ?? ''}`, trigger && `(${trigger})`].filter(isGiven);

function exchangeWords(event: JournalEvent): string[] {
  const { message, outcome, hint, path, serverName, duration = 0 } = event;
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
