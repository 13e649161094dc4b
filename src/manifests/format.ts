import { ManifestError } from './errors.js';

/**
 * Whether a file is CSV or NDJSON, as its first characters tell: NDJSON begins with a brace.
 *
 * @throws ManifestError where it is something else than what it was said to be
 */
export function formatOf(text: string, said: 'csv' | 'ndjson' | undefined): 'csv' | 'ndjson' {
  const [first] = text.trimStart();
  if (first === '[')
    throw new ManifestError(
      'the file is a JSON array',
      'write NDJSON: one object on each line, without brackets and commas around them',
      { line: 1 },
    );
  const found = first === '{' ? 'ndjson' : 'csv';
  if (said !== undefined && said !== found)
    throw new ManifestError(
      `the file was said to be ${names[said]}, but it begins like ${names[found]}`,
      `send it as ${names[found]}, or see whether it is the right file`,
      { line: 1 },
    );
  return found;
}

const names = { csv: 'CSV', ndjson: 'NDJSON' };
