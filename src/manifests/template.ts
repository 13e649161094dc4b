import { eidWithCheckDigits, iccidWithCheckDigit } from '../wire/rsp/index.js';
import { manifestFields } from './fields.js';

/** Columns of a subscriber in the sample, with the keys of 3GPP TS 35.208, test set 1. */
const ofSubscriber = [
  ['imsi', 'k', 'opc'],
  ['001010000000001', '465b5ce8b199b49faa5f0a2ee238a6bc', 'cd63cb71954a9f4e48a5994e37a02baf'],
] as const;

/**
 * A sample manifest. It can be imported as it is.
 *
 * @param withSubscriber whether it has columns of a subscriber
 */
export function manifestTemplate(withSubscriber = false): string {
  const eid = (number: number): string =>
    eidWithCheckDigits(`8904903200000000000001${String(number).padStart(8, '0')}`);
  const rows = [
    [eid(1)],
    [eid(2), '', '', '', '', 'laptop 2', 'sales'],
    [eid(3), iccidWithCheckDigit('890010100000999903'), '', 'generic', '', 'laptop 3', 'sales'],
    [eid(4), '', 'LAPTOP-4', '', '1234', 'laptop 4', 'sales', '490154203237518'],
  ];
  const filled = rows.map((row) => [...row, ...Array<string>(manifestFields.length - row.length).fill('')]);
  const [names, values] = ofSubscriber;
  const empty = names.map(() => '');
  const all = [[...manifestFields], ...filled].map((row, line) => {
    if (!withSubscriber) return row;
    return [...row, ...(line === 0 ? names : line === 1 ? values : empty)];
  });
  return all.map((row) => `${row.join(',')}\n`).join('');
}
