/** Escapes text for HTML and SVG. */
export const escaped = (text: string | number): string =>
  String(text).replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );

/** A table. Cells that are numbers are aligned to the right. */
export function htmlTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const cell = (value: string | number | null): string =>
    typeof value === 'number'
      ? `<td class="number">${value.toLocaleString('en')}</td>`
      : `<td>${escaped(value ?? '-')}</td>`;
  const isNumber = (column: number): boolean => typeof rows[0]?.[column] === 'number';
  const head = headings
    .map(
      (heading, column) =>
        `<th scope="col"${isNumber(column) ? ' class="number"' : ''}>${escaped(heading)}</th>`,
    )
    .join('');
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}
