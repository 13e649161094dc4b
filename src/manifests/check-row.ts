import type { LuhnCheck } from '../wire/rsp/index.js';
import { readEid } from './cells/eid.js';
import { readIccid } from './cells/iccid.js';
import { readImei } from './cells/imei.js';
import type { CellProblem, ReadCell } from './cells/cell-problem.js';
import { shown } from './cells/shown.js';
import { readMatchingId, readText } from './cells/text.js';
import type { ManifestField } from './fields.js';
import { isSecret, type ManifestColumn } from './headings.js';
import type { SubscriberColumn } from './subscribers/columns.js';
import { subscriberInRow } from './subscribers/in-row.js';
import type { Drawing } from './subscribers/keys.js';
import type { ManifestRow, RejectedRow, RowProblem, SourceRow } from './rows.js';

const readers: Readonly<Record<Exclude<ManifestField, 'iccid'>, ReadCell>> &
  Readonly<Partial<Record<ManifestColumn, ReadCell>>> = {
  eid: readEid,
  matchingId: readMatchingId,
  profileType: readText,
  confirmationCode: readText,
  label: readText,
  pool: readText,
  imei: readImei,
};

/** Checks a row by itself, without looking at other rows or at the database. */
export function checkRow(
  source: SourceRow,
  luhn: LuhnCheck = 'strict',
  drawing: Drawing = {},
): ManifestRow | RejectedRow {
  const { line, values, problem } = source;
  if (problem) return { line, problems: [problem], source };
  const row: Writable<ManifestRow> = { line, eid: '', matchingId: '', source };
  let problems: RowProblem[] | undefined;
  let ofSubscriber: (readonly [SubscriberColumn, string])[] | undefined;
  for (const name in values) {
    const field = name as ManifestField;
    const read = field === 'iccid' ? undefined : readers[field];
    if (read === undefined && field !== 'iccid') {
      (ofSubscriber ??= []).push([name as SubscriberColumn, values[field]!]);
      continue;
    }
    const value = read ? read(values[field]!) : readIccid(values.iccid!, luhn);
    if (typeof value === 'string') row[field] = value;
    else (problems ??= []).push(problemIn(source, field, value));
  }
  if (ofSubscriber) {
    const { subscriber, problems: wrong } = subscriberInRow(ofSubscriber, drawing);
    row.subscriber = subscriber;
    for (const problem of wrong) (problems ??= []).push(problemIn(source, problem.field, problem));
  }
  if (values.eid === undefined) (problems ??= []).push(problemIn(source, 'eid', missing));
  return problems ? { line, problems, source } : row;
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

const missing: CellProblem = { message: 'is missing', remedy: 'give every row an EID' };

export const isRejected = (row: ManifestRow | RejectedRow): row is RejectedRow => 'problems' in row;

/** Describes a problem with the value of one field of a row. */
export function problemIn(
  { columnOf, values }: SourceRow,
  field: ManifestColumn,
  { message, remedy }: CellProblem,
): RowProblem {
  const value = isSecret(field) ? undefined : values[field];
  return {
    field,
    ...(columnOf?.[field] !== undefined && { column: columnOf[field] }),
    ...(value !== undefined && { value: shown(value) }),
    message,
    remedy,
  };
}
