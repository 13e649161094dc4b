import { problemText, detectedFormatText, type DetectedFormat } from '../../manifests/index.js';
import { printable, printStatus } from '../output.js';
import type { ImportEvent, RejectedRow, Result, RowWarning } from './events.js';
import { number, type ProgressView } from './progress-view.js';

/** Rejected rows that are shown one by one. */
const mostShown = 20;
/** Rejected rows that are part of the answer for scripts. */
const mostKept = 1000;

function warningText({ field, message, remedy, rows, lines }: RowWarning): string {
  const where = `${rows === 1 ? 'line' : `${number(rows)} rows, lines`} ${lines.join(', ')}`;
  return `Warning: ${field}: ${message} (${where}${rows > lines.length ? ', …' : ''})${remedy ? `; ${remedy}` : ''}`;
}

/** What is known at the end. */
export interface Summary {
  readonly understood: DetectedFormat | undefined;
  readonly result: Result;
  readonly rejectedRows: readonly Pick<RejectedRow, 'line' | 'problems'>[];
}

export interface ReportOptions {
  readonly progress: ProgressView;
  /** Says nothing: the answer is for a script. */
  readonly isQuiet: boolean;
  readonly rejected?: { begin(understood: DetectedFormat): void; add(row: RejectedRow): void } | undefined;
}

/** Follows an import, says what is going on, and keeps what belongs to the answer. */
export async function report(
  events: AsyncIterable<ImportEvent>,
  { progress, isQuiet, rejected }: ReportOptions,
): Promise<Summary> {
  const tell = (line: string): void => {
    if (isQuiet) return;
    progress.clear();
    printStatus(printable(line));
  };
  const rejectedRows: Pick<RejectedRow, 'line' | 'problems'>[] = [];
  let understood: DetectedFormat | undefined;
  try {
    for await (const event of events) {
      if (event.kind === 'understood') {
        understood = event;
        rejected?.begin(event);
        detectedFormatText(event).forEach(tell);
      } else if (event.kind === 'passedOver') tell(`passed over: ${event.names.join(', ')}`);
      else if (event.kind === 'waiting')
        tell('Another import is under way; this one waits until it is done.');
      else if (event.kind === 'rejected') {
        const { line, problems } = event;
        rejected?.add(event);
        if (rejectedRows.length < mostKept) rejectedRows.push({ line, problems });
        if (rejectedRows.length <= mostShown) tell(`line ${line}: ${problems.map(problemText).join('. ')}`);
      } else if (event.kind === 'progress') {
        if (!isQuiet) progress.update(event.rows, event.octets);
      } else if (event.kind === 'done') {
        if (event.rejected > mostShown) tell(`… and ${number(event.rejected - mostShown)} more`);
        event.warnings?.map(warningText).forEach(tell);
        return { understood, result: event, rejectedRows };
      }
    }
  } finally {
    progress.clear();
  }
  throw new Error('the import ended without a result');
}
