import { ManifestError } from './errors.js';

/**
 * Detects from the first character whether a file is CSV or NDJSON: NDJSON starts with a brace.
 *
 * @throws ManifestError if the file is not in the declared format
 */
export function formatOf(text: string, declared: 'csv' | 'ndjson' | undefined): 'csv' | 'ndjson' {
  const [first] = text.trimStart();
  if (first === '[')
    throw new ManifestError(
      'the file is a JSON array',
      'write NDJSON: one object per line, without brackets or commas around the objects',
      { line: 1 },
    );
  const found = first === '{' ? 'ndjson' : 'csv';
  if (declared !== undefined && declared !== found)
    throw new ManifestError(
      `the file was declared as ${names[declared]}, but it starts like ${names[found]}`,
      `send it as ${names[found]}, or check that it is the right file`,
      { line: 1 },
    );
  return found;
}

const names = { csv: 'CSV', ndjson: 'NDJSON' };
