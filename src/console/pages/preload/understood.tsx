import { ForeignText } from '../../parts/foreign-text.js';
import { number, texts } from '../../texts/texts.js';
import type { RejectedRow, Understood } from './upload.js';

/** The meaning of each column of the file. */
export function UnderstoodColumns({ understood }: { readonly understood: Understood }) {
  const words = texts.value.preload;
  const { format, encoding, delimiter, columns, ignored } = understood;
  return (
    <div class="stack">
      <h2>{words.understood}</h2>
      <p class="soft small">
        {[
          format.toUpperCase(),
          encoding,
          delimiter !== undefined && words.delimiter(delimiterName(delimiter)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.heading}</th>
            <th scope="col">{words.field}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <tr key={column.number}>
              <td class="number">{column.number}</td>
              <td>
                <ForeignText text={column.heading} />
              </td>
              <td>
                <code>{column.field}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ignored.length > 0 && (
        <p class="small soft">
          {words.ignored} <ForeignText text={ignored.join(', ')} />
        </p>
      )}
    </div>
  );
}

const delimiterName = (delimiter: string): string => (delimiter === '\t' ? 'TAB' : delimiter);

/** Rejected rows with their reasons. */
export function RejectedRows({
  rows,
  total,
}: {
  readonly rows: readonly RejectedRow[];
  readonly total: number;
}) {
  const words = texts.value.preload;
  return (
    <div class="stack">
      <h2>{words.rejected(number(total))}</h2>
      <div class="scroll-x tall" tabIndex={0} role="group" aria-label={words.rejected(number(total))}>
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              <th scope="col">{words.field}</th>
              <th scope="col">{words.value}</th>
              <th scope="col">{words.reason}</th>
            </tr>
          </thead>
          <tbody>
            {rows.flatMap(({ line, problems }) =>
              problems.map(({ field, value, message, remedy }, index) => (
                <tr key={`${line} ${index}`}>
                  <td class="number">{index === 0 && number(line)}</td>
                  <td>
                    <code>{field}</code>
                  </td>
                  <td>{value !== undefined && <ForeignText text={value} most={60} mono />}</td>
                  <td>
                    <ForeignText text={message} />{' '}
                    <span class="soft">{remedy && <ForeignText text={remedy} />}</span>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {total > rows.length && <p class="small soft">{words.firstRejected(number(rows.length))}</p>}
    </div>
  );
}
