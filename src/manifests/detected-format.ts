import type { ManifestColumn } from './headings.js';

/** The detected format of a file, reported before its rows are imported. */
export interface DetectedFormat {
  readonly format: 'csv' | 'ndjson';
  readonly encoding: Encoding;
  /** CSV only. */
  readonly delimiter?: Delimiter | undefined;
  /** Whether the first row names the columns. CSV only. */
  readonly hasHeader?: boolean | undefined;
  /** The columns whose values are used, in order. Empty for NDJSON, where each row names its values. */
  readonly columns: readonly {
    readonly number: number;
    readonly heading: string;
    readonly field: ManifestColumn;
  }[];
  /** The headings of all columns, as written in the file. */
  readonly headings: readonly string[];
  /** Headings of the columns that are ignored. */
  readonly ignored: readonly string[];
}

export type Encoding = 'UTF-8' | 'UTF-16 LE' | 'UTF-16 BE';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export const delimiterNames: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};

/** Describes the detected format in words, one fact per line. */
export function detectedFormatText({
  format,
  encoding,
  delimiter,
  hasHeader,
  columns,
  ignored,
}: DetectedFormat): string[] {
  if (format === 'ndjson') return [`NDJSON in ${encoding}: one JSON object per line`];
  const separated = delimiter ? `, columns separated by ${delimiterNames[delimiter]}` : '';
  return [
    `CSV in ${encoding}${separated}`,
    ...(hasHeader ? [] : ['no header: the only column is the EID']),
    ...(hasHeader
      ? columns.map(({ number, heading, field }) => `column ${number} '${heading}': ${field}`)
      : []),
    ...(ignored.length === 0 ? [] : [`ignored: ${ignored.map((heading) => `'${heading}'`).join(', ')}`]),
  ];
}
