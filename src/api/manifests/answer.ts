import Type, { type Static } from 'typebox';
import type { DetectedFormat, RejectedRow } from '../../manifests/index.js';
import type { PreloadEvent, PreloadResult } from '../../manifests/preload/index.js';
import { viewFrom } from '../http/view.js';

const rowProblem = viewFrom<RejectedRow['problems'][number]>()((member) => ({
  field: member(
    Type.String({ description: 'the wrong field; row: the whole row is wrong' }),
    ({ field }): string => field,
  ),
  column: member(Type.Optional(Type.Integer({ description: 'counted from 1' })), ({ column }) => column),
  value: member(
    Type.Optional(Type.String({ description: 'the wrong value, shortened' })),
    ({ value }) => value,
  ),
  message: member(Type.String({ description: 'what is wrong' }), ({ message }) => message),
  remedy: member(Type.String({ description: 'what to do about it' }), ({ remedy }) => remedy),
}));

const rowWarning = viewFrom<PreloadResult['warnings'][number]>()((member) => ({
  field: member(Type.String(), ({ field }) => field),
  message: member(Type.String({ description: 'what will go wrong' }), ({ message }) => message),
  remedy: member(Type.Optional(Type.String({ description: 'what to do about it' })), ({ remedy }) => remedy),
  rows: member(Type.Integer({ description: 'number of rows with this warning' }), ({ rows }) => rows),
  lines: member(
    Type.Array(Type.Integer(), { description: 'lines of the first such rows, counted from 1' }),
    ({ lines }) => [...lines],
  ),
}));

/** A problem in one cell, or in a whole row. */
export const RowProblem = rowProblem.schema;
export type RowProblem = Static<typeof RowProblem>;

/** A warning about valid rows. */
export const RowWarning = rowWarning.schema;
export type RowWarning = Static<typeof RowWarning>;

const columnView = viewFrom<DetectedFormat['columns'][number]>()((member) => ({
  number: member(Type.Integer({ description: 'counted from 1' }), ({ number }) => number),
  heading: member(Type.String(), ({ heading }) => heading),
  field: member(Type.String(), ({ field }): string => field),
}));

const understoodView = viewFrom<DetectedFormat>()((member) => ({
  format: member(Type.Enum(['csv', 'ndjson']), ({ format }) => format),
  encoding: member(Type.String(), ({ encoding }): string => encoding),
  delimiter: member(Type.Optional(Type.String()), ({ delimiter }): string | undefined => delimiter),
  hasHeader: member(Type.Optional(Type.Boolean()), ({ hasHeader }) => hasHeader),
  columns: member(Type.Array(columnView.schema), ({ columns }) => columns.map(columnView.of)),
  ignored: member(
    Type.Array(Type.String(), { description: 'headings and members that the server ignores' }),
    ({ ignored }) => [...ignored],
  ),
}));

const rejectedView = viewFrom<RejectedRow>()((member) => ({
  line: member(Type.Integer({ description: 'counted from 1' }), ({ line }) => line),
  problems: member(Type.Array(RowProblem), ({ problems }) => problems.map(rowProblem.of)),
}));

export const manifestAnswer = viewFrom<Finished>()((member) => ({
  outcome: member(Type.Enum(['imported', 'unchanged', 'refused', 'checked']), ({ result }) => result.outcome),
  rows: member(Type.Integer({ description: 'number of rows read' }), ({ result }) => result.rows),
  added: member(
    Type.Integer({
      description: 'number of new profiles; with dryRun, the number of profiles that an import would make',
    }),
    ({ result }) => result.added,
  ),
  unchanged: member(
    Type.Integer({ description: 'number of rows whose profile already exists with the same values' }),
    ({ result }) => result.unchanged,
  ),
  rejected: member(Type.Integer({ description: 'number of wrong rows' }), ({ result }) => result.rejected),
  stoppedAfterLine: member(
    Type.Optional(Type.Integer({ description: 'line after which the server stopped reading' })),
    ({ result }) => result.stoppedAfterLine,
  ),
  warnings: member(Type.Array(RowWarning, { description: 'remarks on valid rows' }), ({ result }) =>
    result.warnings.map(rowWarning.of),
  ),
  understood: member(understoodView.schema, ({ understood }) => understoodView.of(understood)),
  rejectedRows: member(
    Type.Array(rejectedView.schema, {
      description:
        'the first 1000 rejected rows; an answer of type application/x-ndjson has every rejected row',
    }),
    ({ rejected }) => rejected.map(rejectedView.of),
  ),
}));

/** Answer of `POST /manifests`. */
export const ManifestAnswer = manifestAnswer.schema;
export type ManifestAnswer = Static<typeof ManifestAnswer>;

/** Maximum number of rejected rows in an answer. */
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
