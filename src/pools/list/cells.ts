import { CsvRecords, ManifestError } from '../../manifests/index.js';

/** The cells of a row with quotes as in RFC 4180. @throws ManifestError if a quote is not closed on the line */
export function cellsOf(row: string, line: number): readonly string[] {
  const records = new CsvRecords(',', line);
  const [record] = [...records.write(`${row}\n`), ...records.end()];
  if (record?.fault) {
    const { message, remedy, column } = record.fault;
    throw new ManifestError(message, remedy, { line, column });
  }
  return (record?.cells ?? []).map((cell) => cell.trim());
}
