import { iccidProblem, type LuhnCheck } from '../../wire/rsp/index.js';
import { codecFor, ManifestError, type Drawing } from '../../manifests/index.js';
import { codeRowProblems } from './code-row.js';
import { mostCodes, oneListPerProvider, type CodeList, type ListedCode } from './code-list.js';
import { duplicates } from './duplicates.js';
import { CodeListError, type ListProblem } from './errors.js';
import { firstRowProblem } from './first-row.js';
import { isFullyQualified } from './host-name.js';
import { linesOf } from './lines.js';
import { headerLine, subscriberHeader } from './subscriber-header.js';
import { readSubscriberRow } from './subscriber-row.js';

/** The maximum number of problems to report. A file with more problems most likely has the same problem on every row. */
const mostProblems = 100;

/**
 * Reads a list of activation codes in the format of Intune. Is as strict as Intune, which refuses the whole list for a single error.
 *
 * @param ownAddress the SM-DP+ address of this server, `host` or `host:port`; the list must name this server
 * @param luhn how to treat ICCIDs with a wrong check digit or with hex digits
 * @param drawing how to draw the keys of subscribers without K
 * @throws CodeListError with the first 100 problems, each with its line, its column and a remedy
 */
export function readCodeList(
  octets: Buffer,
  ownAddress: string,
  luhn: LuhnCheck = 'strict',
  drawing: Drawing = {},
): CodeList {
  const { text, remarks } = textOf(octets);
  const { lines, count } = linesOf(text);
  const [first = '', ...below] = lines;
  const header = subscriberHeader(below[0] ?? '');
  const firstLine = header ? headerLine + 1 : headerLine;
  const rows = header ? below.slice(1) : below.slice(0, mostCodes);
  const addressProblem = firstRowProblem(first, ownAddress);
  const problems: ListProblem[] = addressProblem ? [addressProblem] : [];
  const codes: ListedCode[] = [];
  rows.forEach((row, index) => {
    const line = index + firstLine;
    if (header) {
      const read = readSubscriberRow(row, line, header, { luhn, drawing });
      problems.push(...read.problems);
      if (read.code) codes.push(read.code);
      return;
    }
    const wrong = codeRowProblems(row, line, luhn);
    problems.push(...wrong);
    const [iccid = '', matchingId = ''] = row.split(',');
    if (wrong.length === 0) codes.push({ line, iccid, matchingId });
  });
  problems.push(...duplicates(codes), ...numberProblems(count - firstLine + 1, firstLine));
  if (problems.length > 0) {
    problems.sort((one, other) => one.line - other.line);
    throw new CodeListError(problems.slice(0, mostProblems), problems.length);
  }
  return {
    smdpAddress: first,
    codes,
    remarks: [
      ...remarks,
      ...(header ? [forThisServer] : []),
      ...remarksOn(first, codes),
      ...(luhn === 'warn' ? oddIccids(codes) : []),
    ],
  };
}

function textOf(octets: Buffer): { text: string; remarks: string[] } {
  try {
    if (octets.length === 0)
      throw new ManifestError(
        'the file is empty',
        'write the SM-DP+ address, then ICCID,MatchingID on each further row',
      );
    const codec = codecFor(octets.subarray(0, 1024));
    const content = octets.subarray(codec.markLength);
    const text = codec.incomplete(content) > 0 ? undefined : codec.decode(content);
    if (text === undefined || text.includes('\0'))
      throw new ManifestError(`the file is not text in ${codec.encoding}`, 'save it as plain text in UTF-8');
    const isPlain = codec.encoding === 'UTF-8' && codec.markLength === 0;
    const encoding = codec.markLength > 0 ? `${codec.encoding} with a byte order mark` : codec.encoding;
    return {
      text,
      remarks: isPlain ? [] : [`the file is ${encoding}; for an MDM system, save it as plain UTF-8`],
    };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const { problem: message, remedy, place } = error;
    throw new CodeListError([{ line: place.line ?? 1, field: 'row', message, remedy }]);
  }
}

const forThisServer =
  "the list has a header and columns of subscribers, which an MDM system refuses; give it the list of 'pool export' instead";

function numberProblems(codes: number, firstLine: number): ListProblem[] {
  if (codes === 0)
    return [
      {
        line: firstLine,
        field: 'row',
        message: 'there are no codes',
        remedy: 'write ICCID,MatchingID on the rows after the SM-DP+ address',
      },
    ];
  if (codes <= mostCodes) return [];
  return [
    {
      line: mostCodes + firstLine,
      field: 'row',
      message: `the list has ${codes} codes, but an MDM system accepts only ${mostCodes}`,
      remedy: `leave out codes that are not needed; splitting the list does not help: ${oneListPerProvider}`,
    },
  ];
}

/** The maximum number of unusual ICCIDs to name. The others are only counted. */
const mostOdd = 10;

function oddIccids(codes: readonly ListedCode[]): string[] {
  const odd = codes.flatMap(({ line, iccid }) => {
    const oddity = iccidProblem(iccid);
    return oddity ? [`line ${line}: the ICCID ${oddity.message}`] : [];
  });
  const rest = odd.length - mostOdd;
  return [...odd.slice(0, mostOdd), ...(rest > 0 ? [`${rest} more ICCIDs have similar problems`] : [])];
}

function remarksOn(smdpAddress: string, codes: readonly ListedCode[]): string[] {
  const small = codes.find(({ matchingId }) => /[a-z]/.test(matchingId));
  return [
    ...(isFullyQualified(smdpAddress)
      ? []
      : [`'${smdpAddress}' is not fully qualified: devices of an MDM system will not find it`]),
    ...(small
      ? [
          `line ${small.line}: the MatchingID is in lower case, which SGP.22 does not allow; some LPAs refuse it`,
        ]
      : []),
  ];
}
