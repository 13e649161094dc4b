import Type, { type Static } from 'typebox';
import type { RejectedRow, DetectedFormat } from '../../manifests/index.js';
import type { PreloadEvent, PreloadResult } from '../../manifests/preload/index.js';

/** A problem in one cell, or in a whole row. */
export const RowProblem = Type.Object({
  field: Type.String({ description: 'the wrong field; row means the whole row' }),
  column: Type.Optional(Type.Integer({ description: 'counted from 1' })),
  value: Type.Optional(Type.String({ description: 'the wrong value, shortened' })),
  message: Type.String({ description: 'what is wrong' }),
  remedy: Type.String({ description: 'what to do about it' }),
});

/** A warning about valid rows. */
export const RowWarning = Type.Object({
  field: Type.String(),
  message: Type.String({ description: 'what will go wrong' }),
  remedy: Type.Optional(Type.String({ description: 'what to do about it' })),
  rows: Type.Integer({ description: 'number of rows with this warning' }),
  lines: Type.Array(Type.Integer(), { description: 'lines of the first such rows, counted from 1' }),
});

export type RowProblem = Static<typeof RowProblem>;
export type RowWarning = Static<typeof RowWarning>;

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
  ignored: Type.Array(Type.String(), { description: 'headings and members that the server ignores' }),
});

/** Answer of `POST /manifests`. */
export const ManifestAnswer = Type.Object({
  outcome: Type.Enum(['imported', 'unchanged', 'refused', 'checked']),
  rows: Type.Integer({ description: 'number of rows read' }),
  added: Type.Integer({
    description: 'number of new profiles; with dryRun, the number that an import would make',
  }),
  unchanged: Type.Integer({
    description: 'number of rows whose profile exists already with the same members',
  }),
  rejected: Type.Integer({ description: 'number of wrong rows' }),
  stoppedAfterLine: Type.Optional(
    Type.Integer({ description: 'line after which the server stopped reading' }),
  ),
  warnings: Type.Array(RowWarning, { description: 'remarks on valid rows' }),
  understood: UnderstoodView,
  rejectedRows: Type.Array(
    Type.Object({ line: Type.Integer({ description: 'counted from 1' }), problems: Type.Array(RowProblem) }),
    { description: 'the first 1000 rejected rows; the answer of type application/x-ndjson has all of them' },
  ),
});
export type ManifestAnswer = Static<typeof ManifestAnswer>;

/** Most rejected rows that an answer lists. */
const mostListed = 1000;

/** The result of an import. */
export interface Finished {
  readonly result: PreloadResult;
  /** The first rejected rows. */
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
