import { problemText, detectedFormatText, type DetectedFormat } from '../../manifests/index.js';
import { number, printable, printStatus } from '../output.js';
import type { ProgressView } from '../progress-view.js';
import type { RowWarning } from '../../api/index.js';
import type { ReadSoFar } from './describe-progress.js';
import type { ImportEvent, RejectedRow, Result } from './events.js';

/** Maximum number of rejected rows that are printed. */
const mostShown = 20;
/** Maximum number of rejected rows in the output of `--json`. */
const mostKept = 1000;

function warningText({ field, message, remedy, rows, lines }: RowWarning): string {
  const where = `${rows === 1 ? 'line' : `${number(rows)} rows, lines`} ${lines.join(', ')}`;
  return `Warning: ${field}: ${message} (${where}${rows > lines.length ? ', …' : ''})${remedy ? `; ${remedy}` : ''}`;
}

/** The result of an import. */
export interface Summary {
  readonly understood: DetectedFormat | undefined;
  readonly result: Result;
  readonly rejectedRows: readonly Pick<RejectedRow, 'line' | 'problems'>[];
}

export interface ReportOptions {
  readonly progress: ProgressView<ReadSoFar>;
  /** Prints nothing, for `--json`. */
  readonly isQuiet: boolean;
  readonly rejected?: { begin(understood: DetectedFormat): void; add(row: RejectedRow): void } | undefined;
}

/** Prints the events of an import, and collects its result. */
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
      } else if (event.kind === 'passedOver') tell(`ignored: ${event.names.join(', ')}`);
      else if (event.kind === 'waiting') tell('Waiting for another import to finish.');
      else if (event.kind === 'rejected') {
        const { line, problems } = event;
        rejected?.add(event);
        if (rejectedRows.length < mostKept) rejectedRows.push({ line, problems });
        if (rejectedRows.length <= mostShown) tell(`line ${line}: ${problems.map(problemText).join('. ')}`);
      } else if (event.kind === 'progress') {
        if (!isQuiet) progress.update(event);
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
