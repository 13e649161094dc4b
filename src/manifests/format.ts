import { ManifestError } from './errors.js';

/**
 * Detects CSV or NDJSON from the first character: NDJSON starts with a brace.
 *
 * @throws ManifestError if the file is not in the declared format
 */
export function formatOf(text: string, said: 'csv' | 'ndjson' | undefined): 'csv' | 'ndjson' {
  const [first] = text.trimStart();
  if (first === '[')
    throw new ManifestError(
      'the file is a JSON array',
      'write NDJSON: one object per line, without brackets or commas around the objects',
      { line: 1 },
    );
  const found = first === '{' ? 'ndjson' : 'csv';
  if (said !== undefined && said !== found)
    throw new ManifestError(
      `the file was declared as ${names[said]}, but it starts like ${names[found]}`,
      `send it as ${names[found]}, or check that it is the right file`,
      { line: 1 },
    );
  return found;
}

const names = { csv: 'CSV', ndjson: 'NDJSON' };
