import { looksLikeEid } from '../cells/eid.js';
import { ManifestError } from '../errors.js';
import { manifestFields } from '../fields.js';
import { columnNamed, haveImsi, misspeltColumn, type ManifestColumn } from '../headings.js';
import { shown } from '../cells/shown.js';
import type { DetectedFormat } from '../detected-format.js';

/** The columns of a file. */
export interface Header {
  readonly hasHeader: boolean;
  readonly columns: DetectedFormat['columns'];
  readonly ignored: readonly string[];
  /** All headings, as written in the file. */
  readonly headings: readonly string[];
}

/**
 * Reads the first row, which contains the headings, in any order and case. A file with one column needs no heading: its first row may
 * be an EID.
 *
 * @throws ManifestError if the columns cannot be identified
 */
export function readHeader(cells: readonly string[], line: number): Header {
  const headings = withoutEmptyEnd(cells.map((cell) => cell.trim()));
  if (headings.some(looksLikeEid)) return withoutHeader(headings, line);
  const isSubscriberList = haveImsi(headings);
  const named = headings.map((heading) => columnNamed(heading, () => isSubscriberList));
  const columns = headings.flatMap((heading, index) => {
    const field = named[index];
    return field ? [{ number: index + 1, heading, field }] : [];
  });
  refuseRepeated(columns, line);
  const unknown = headings.flatMap((heading, index) =>
    heading === '' || named[index] ? [] : [{ heading, column: index + 1 }],
  );
  refuseMisspelt(unknown, line);
  if (!columns.some(({ field }) => field === 'eid')) throw noEid(headings, line);
  return {
    hasHeader: true,
    columns,
    ignored: unknown.map(({ heading }) => shown(heading)),
    headings,
  };
}

function withoutEmptyEnd(headings: string[]): string[] {
  const last = headings.findLastIndex((heading) => heading !== '');
  return headings.slice(0, last + 1);
}

function withoutHeader(cells: readonly string[], line: number): Header {
  if (cells.length === 1)
    return {
      hasHeader: false,
      columns: [{ number: 1, heading: 'eid', field: 'eid' }],
      headings: ['eid'],
      ignored: [],
    };
  throw new ManifestError(
    `the first row is not a header, and the file has ${cells.length} columns`,
    'add a first row with the column names, for instance eid,iccid',
    { line },
  );
}

function refuseRepeated(columns: Header['columns'], line: number): void {
  for (const { number, field } of columns) {
    const first = columns.find((column) => column.field === field)!;
    if (first.number === number) continue;
    throw new ManifestError(
      `columns ${first.number} and ${number} are both the ${field}`,
      'remove one of them, or rename it',
      { line, column: number },
    );
  }
}

function refuseMisspelt(unknown: readonly { heading: string; column: number }[], line: number): void {
  for (const { heading, column } of unknown) {
    const meant = misspeltColumn(heading);
    if (!meant) continue;
    throw new ManifestError(
      `the heading '${shown(heading)}' is not known; did you mean ${meant}?`,
      `write ${meant}, or remove the column`,
      { line, column },
    );
  }
}

function noEid(headings: readonly string[], line: number): ManifestError {
  const found = shown(headings.map((heading) => `'${heading}'`).join(', '), 200);
  return new ManifestError(
    headings.some((heading) => columnNamed(heading, () => false))
      ? `no column is named eid; the headings are ${found}`
      : `the first row is not the header of a manifest: ${found}`,
    `write the heading eid above the EIDs; the other headings can be ${manifestFields.slice(1).join(', ')}`,
    { line },
  );
}

/** The column number of each field. */
export const columnsByField = ({ columns }: Header): Partial<Record<ManifestColumn, number>> =>
  Object.fromEntries(columns.map(({ field, number }) => [field, number]));
