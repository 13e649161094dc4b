import { eidWithCheckDigits, iccidWithCheckDigit } from '../wire/rsp/index.js';
import { manifestFields } from './fields.js';

/** A sample manifest with all columns. It can be imported as it is. */
export function manifestTemplate(): string {
  const eid = (number: number): string =>
    eidWithCheckDigits(`8904903200000000000001${String(number).padStart(8, '0')}`);
  const rows = [
    [eid(1)],
    [eid(2), '', '', '', '', 'laptop 2', 'sales'],
    [eid(3), iccidWithCheckDigit('890010100000999903'), '', 'generic', '', 'laptop 3', 'sales'],
    [eid(4), '', 'LAPTOP-4', '', '1234', 'laptop 4', 'sales', '490154203237518'],
  ];
  const filled = rows.map((row) => [...row, ...Array<string>(manifestFields.length - row.length).fill('')]);
  return [manifestFields.join(','), ...filled.map((row) => row.join(','))].join('\n') + '\n';
}
