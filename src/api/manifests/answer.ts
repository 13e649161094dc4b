import Type, { type Static } from 'typebox';
import type { RejectedRow, DetectedFormat } from '../../manifests/index.js';
import type { PreloadEvent, PreloadResult } from '../../manifests/preload/index.js';

const RowProblem = Type.Object({
  field: Type.String({ description: 'the field that is wrong; row: the row as a whole' }),
  column: Type.Optional(Type.Integer({ description: 'counted from 1' })),
  value: Type.Optional(Type.String({ description: 'what stands there, shortened' })),
  message: Type.String({ description: 'what is wrong' }),
  remedy: Type.String({ description: 'what to do about it' }),
});

const RowWarning = Type.Object({
  field: Type.String(),
  message: Type.String({ description: 'what will go wrong' }),
  remedy: Type.Optional(Type.String({ description: 'what to do about it' })),
  rows: Type.Integer({ description: 'how many rows it is said of' }),
  lines: Type.Array(Type.Integer(), { description: 'lines of the first of them, counted from 1' }),
});

const UnderstoodView = Type.Object({
  format: Type.Enum(['csv', 'ndjson']),
  encoding: Type.String(),
  delimiter: Type.Optional(Type.String()),
  hasHeader: Type.Optional(Type.Boolean()),
  columns: Type.Array(
    Type.Object({
      number: Type.Integer({ description: 'counted from 1' }),
      heading: Type.String(),
      field: Type.String(),
    }),
  ),
  ignored: Type.Array(Type.String(), { description: 'headings and members that are passed over' }),
});

/** What `POST /manifests` answers. */
export const ManifestAnswer = Type.Object({
  outcome: Type.Enum(['imported', 'unchanged', 'refused', 'checked']),
  rows: Type.Integer({ description: 'rows that were read' }),
  added: Type.Integer({ description: 'profiles that are new; with dryRun: that would be' }),
  unchanged: Type.Integer({ description: 'rows whose profile is there already, just like that' }),
  rejected: Type.Integer({ description: 'rows that are wrong' }),
  stoppedAfterLine: Type.Optional(Type.Integer({ description: 'where reading was given up' })),
  warnings: Type.Array(RowWarning, { description: 'what is worth knowing about rows that are in order' }),
  understood: UnderstoodView,
  rejectedRows: Type.Array(
    Type.Object({ line: Type.Integer({ description: 'counted from 1' }), problems: Type.Array(RowProblem) }),
    { description: 'the first 1000 of them; all of them in the answer of type application/x-ndjson' },
  ),
});
export type ManifestAnswer = Static<typeof ManifestAnswer>;

/** Rejected rows that are listed in one answer. */
const mostListed = 1000;

/** An import that has come to its end. */
export interface Finished {
  readonly result: PreloadResult;
  /** The first of them. */
  readonly rejected: readonly RejectedRow[];
  readonly understood: DetectedFormat;
}

/** Follows an import to its end. */
export async function finished(events: AsyncIterable<PreloadEvent>): Promise<Finished> {
  const rejected: RejectedRow[] = [];
  let understood: DetectedFormat | undefined;
  let passedOver: readonly string[] = [];
  for await (const event of events) {
    if (event.kind === 'understood') understood = event.understood;
    else if (event.kind === 'passedOver') passedOver = event.names;
    else if (event.kind === 'rejected' && rejected.length < mostListed) rejected.push(event.row);
    else if (event.kind === 'done' && understood)
      return {
        result: event.result,
        rejected,
        understood: { ...understood, ignored: [...understood.ignored, ...passedOver] },
      };
  }
  throw new Error('the import ended without a result');
}

export const manifestAnswer = ({ result, rejected, understood }: Finished): object => ({
  ...result,
  understood: { ...understood, headings: undefined },
  rejectedRows: rejected.map(({ line, problems }) => ({ line, problems })),
});
