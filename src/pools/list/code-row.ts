import {
  canonicalIccid,
  isHexIccid,
  isMdmMatchingId,
  iccidProblem,
  type LuhnCheck,
} from '../../wire/rsp/index.js';
import { plainDigits, spreadsheetProblem } from '../../base/written-number.js';
import { luhnRemedy } from '../../manifests/index.js';
import { shortened, type ListProblem } from './errors.js';
import { isFullyQualified } from './host-name.js';

/** The problems of a row `ICCID,MatchingID`. Empty for a valid row. */
export function codeRowProblems(row: string, line: number, luhn: LuhnCheck): ListProblem[] {
  const asRow = rowFault(row);
  if (asRow) {
    const [message, remedy, column] = asRow;
    return [{ line, column, field: 'row', value: shortened(row), message, remedy }];
  }
  const [iccid = '', matchingId = ''] = row.split(',');
  const problems: ListProblem[] = [];
  const add = (field: 'iccid' | 'matchingId', value: string, fault: CellFault | undefined) => {
    if (!fault) return;
    const [message, remedy] = fault;
    problems.push({
      line,
      column: field === 'iccid' ? 1 : 2,
      field,
      value: shortened(value),
      message,
      remedy,
    });
  };
  add('iccid', iccid, iccidFault(iccid, luhn));
  add('matchingId', matchingId, matchingIdFault(matchingId));
  return problems;
}

type CellFault = readonly [message: string, remedy: string, column?: number];

const form = 'write ICCID,MatchingID';

function rowFault(row: string): CellFault | undefined {
  const cells = row.split(',');
  if (row.trim() === '') return ['the row is empty', 'remove it'];
  if (row.includes('"')) return ['there are quotes', 'remove them: the format does not use quotes'];
  if (cells.length === 1) return withoutComma(row);
  if (cells.length === 2 && /iccid|matching|activation|code/i.test(row) && !/[0-9]/.test(row))
    return ['this is a header', 'remove it: the format has no header row'];
  if (cells.length > 2)
    return cells.slice(2).every((cell) => cell.trim() === '')
      ? ['a comma follows the MatchingID', 'remove it: a row has one comma, between its two values', 3]
      : [`there are ${cells.length} values`, `${form} and nothing else`, 3];
  return undefined;
}

function withoutComma(row: string): CellFault {
  if (/[;\t]/.test(row))
    return [
      `the values are separated by a ${row.includes(';') ? 'semicolon' : 'tab'}`,
      'separate them by a comma: Excel takes the separator from the regional settings',
    ];
  if (/^(lpa:)?1\$/i.test(row))
    return ['this is an activation code', `${form}; the MatchingID follows the SM-DP+ address in the code`];
  if (isFullyQualified(row.trim()))
    return ['this is a second SM-DP+ address', 'remove it: each provider needs a list of its own'];
  return ['the row has no comma', form];
}

function iccidFault(text: string, luhn: LuhnCheck): CellFault | undefined {
  if (text === '') return ['the ICCID is missing', form];
  if (spreadsheetProblem(text))
    return [
      'a spreadsheet has rounded the ICCID, so its last digits are lost',
      'get the list from its source again, and format the column as Text before you open it in the spreadsheet',
    ];
  const bare = canonicalIccid(plainDigits(text));
  if (!isHexIccid(bare)) return [`'${shortened(text)}' is not an ICCID`, 'write its 18 to 20 digits'];
  if (bare !== text) return ['the ICCID contains characters that are not digits', `write ${bare}`];
  const oddity = luhn === 'strict' ? iccidProblem(text) : undefined;
  return oddity && [`the ICCID ${oddity.message}`, `${oddity.hint}; ${luhnRemedy}`];
}

function matchingIdFault(text: string): CellFault | undefined {
  if (text === '') return ['the MatchingID is missing', form];
  if (isMdmMatchingId(text)) return undefined;
  if (isMdmMatchingId(text.trim())) return ['there are blanks around the MatchingID', 'remove them'];
  const ofCode = /^(?:lpa:)?1\$[^$]*\$([^$]*)/i.exec(text)?.[1];
  if (ofCode !== undefined)
    return ['this is a whole activation code', `write only its MatchingID: ${ofCode}`];
  return [
    `the MatchingID '${shortened(text)}' has a form that Windows does not accept`,
    'order codes of four groups of five hex digits, such as 0A1B2-3C4D5-6E7F8-90ABC',
  ];
}
