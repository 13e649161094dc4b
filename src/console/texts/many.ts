/** A number with its noun: `many('1', 'row', 'rows')` is "1 row". The number may be formatted already. */
export const many = (count: string | number, one: string, more: string): string =>
  `${count} ${String(count) === '1' ? one : more}`;
