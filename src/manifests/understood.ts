import type { ManifestField } from './fields.js';

/** How a file was understood, to be said before anything is done with it. */
export interface DetectedFormat {
  readonly format: 'csv' | 'ndjson';
  readonly encoding: Encoding;
  /** Of CSV only. */
  readonly delimiter?: Delimiter | undefined;
  /** Whether the first row names the columns; of CSV only. */
  readonly hasHeader?: boolean | undefined;
  /** Columns whose content is used, in their order; none for NDJSON, whose rows name their values themselves. */
  readonly columns: readonly {
    readonly number: number;
    readonly heading: string;
    readonly field: ManifestField;
  }[];
  /** The headings of all columns, as they stand there. */
  readonly headings: readonly string[];
  /** Headings whose columns are passed over. */
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

/** The same in words, one fact to a line. */
export function understoodText({
  format,
  encoding,
  delimiter,
  hasHeader,
  columns,
  ignored,
}: DetectedFormat): string[] {
  if (format === 'ndjson') return [`NDJSON in ${encoding}: one JSON object to a line`];
  const separated = delimiter ? `, columns separated by ${delimiterNames[delimiter]}` : '';
  return [
    `CSV in ${encoding}${separated}`,
    ...(hasHeader ? [] : ['no header: the only column is taken for the EID']),
    ...(hasHeader
      ? columns.map(({ number, heading, field }) => `column ${number} '${heading}': ${field}`)
      : []),
    ...(ignored.length === 0 ? [] : [`passed over: ${ignored.map((heading) => `'${heading}'`).join(', ')}`]),
  ];
}
