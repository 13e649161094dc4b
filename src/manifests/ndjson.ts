import { shown } from './cells/shown.js';
import { isAddedHeading } from './fields.js';
import { columnNamed, haveImsi, isSecret, misspeltColumn, type ManifestColumn } from './headings.js';
import { isListColumn } from './subscribers/columns.js';
import type { RowProblem, RowReader, SourceRow } from './rows.js';
import { longestRow, rowTooLong } from './text/limits.js';

/** Maximum number of ignored member names to report. */
const mostNames = 100;

/** Parses an NDJSON file (one JSON object per line) while its text arrives. */
export class NdjsonReader implements RowReader {
  readonly understood = { format: 'ndjson' as const, columns: [], headings: [], ignored: [] };
  #rest = '';
  #line = 1;
  readonly #unknownNames = new Set<string>();

  get unknownNames(): readonly string[] {
    return [...this.#unknownNames];
  }

  write(text: string): SourceRow[] {
    const all = this.#rest + text;
    const rows: SourceRow[] = [];
    let at = 0;
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', at)) {
      if (end - at > longestRow) throw rowTooLong(this.#line);
      const line = all.slice(at, end).trim();
      if (line !== '' && !isAddedLine(line)) rows.push(this.#row(line));
      this.#line++;
      at = end + 1;
    }
    this.#rest = all.slice(at);
    if (this.#rest.length > longestRow) throw rowTooLong(this.#line);
    return rows;
  }

  end(): SourceRow[] {
    return this.#rest === '' ? [] : this.write('\n');
  }

  #row(source: string): SourceRow {
    const object = parsed(source);
    const values: Partial<Record<ManifestColumn, string>> = {};
    let problem: RowProblem | undefined = object ? undefined : notAnObject;
    const isSubscriberList = (): boolean => haveImsi(Object.keys(object ?? {}));
    for (const [name, given] of Object.entries(object ?? {})) {
      const field = columnNamed(name, isSubscriberList);
      const value: unknown = field !== undefined && isListColumn(field) ? inOneText(given) : given;
      if (field === undefined) problem ??= this.#unknown(name);
      else if (field in values) problem ??= { field, ...repeated };
      else if (typeof value === 'string') {
        if (value.trim() !== '') values[field] = value.trim();
      } else if (value !== null)
        problem ??= { field, ...(!isSecret(field) && { value: inWords(value) }), ...notAString };
    }
    return { line: this.#line, values, source, problem };
  }

  #unknown(name: string): RowProblem | undefined {
    const meant = misspeltColumn(name);
    if (meant)
      return {
        field: 'row',
        message: `the member '${shown(name)}' is not known; did you mean ${meant}?`,
        remedy: `write ${meant}, or remove the member`,
      };
    if (this.#unknownNames.size < mostNames) this.#unknownNames.add(shown(name));
    return undefined;
  }
}

/** Joins a list of texts with blanks, as in a CSV cell. Returns other values unchanged. */
const inOneText = (value: unknown): unknown =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(' ') : value;

/** Describes a value that is not a string. Does not print lists and objects, because they may be nested too deeply. */
const inWords = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : shown(JSON.stringify(value));

/**
 * Whether the writer of rejected rows added this line. If a row is a JSON object, the writer puts the line number and the reason into
 * the row itself; otherwise it writes them on a line of their own before the row.
 */
function isAddedLine(line: string): boolean {
  const object = line.startsWith('{"line":') ? parsed(line) : undefined;
  return object !== undefined && Object.keys(object).every(isAddedHeading);
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && !Array.isArray(value) ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

const notAnObject: RowProblem = {
  field: 'row',
  message: 'the line is not a JSON object',
  remedy: 'write one object per line, for instance {"eid":"8904…"}',
};
const notAString = {
  message: 'is not a string',
  remedy: 'put it in quotes: a JSON number keeps only its first 15 digits',
};
const repeated = { message: 'is given twice', remedy: 'remove one of the two members' };
