import { addressProblem } from '../base/address.js';
import { isScientific, spreadsheetProblem } from '../base/written-number.js';
import { canonicalIccid, eidCheckDigitsHold, isEid, isHexIccid, iccidProblem } from '../wire/rsp/index.js';
import type { ProfileState } from '../store/index.js';
import { metadataRemarks } from './metadata-remarks.js';
import type { PreparationRequest, ProfileRequest, Remark } from './profile-request.js';

/** The result of checking a request. */
export interface Checked {
  /** Why the request cannot be fulfilled. */
  readonly problems: readonly Remark[];
  /** What the server accepts, but ES2+ or a device would refuse. */
  readonly warnings: readonly Remark[];
}

/** States without an order. */
export const withoutOrder: ReadonlySet<ProfileState> = new Set<ProfileState>(['Available', 'Unavailable']);

/** States of an order that is not confirmed, and so has no MatchingID. */
export const unconfirmed: ReadonlySet<ProfileState> = new Set<ProfileState>([
  ...withoutOrder,
  'Allocated',
  'Linked',
]);

/** Members that only a profile with an order can have. */
const orderMembers = ['eid', 'downloadAttempts', 'validUntil'] as const;
/** Members that only a profile with a confirmed order can have. */
const confirmedOrderMembers = [
  'matchingId',
  'confirmationCode',
  'confirmationCodeHash',
  'confirmationCodeAttempts',
  'smdsAddress',
] as const;

/** Checks the formats of the members, and whether the members fit each other. */
export function checkRequest(request: PreparationRequest, now: number): Checked {
  const problems: Remark[] = [];
  const warnings: Remark[] = [];
  checkIccid(request, problems, warnings);
  checkEid(request, problems, warnings);
  checkMatchingId(request, problems, warnings);
  checkValidUntil(request, now, problems, warnings);
  checkState(request, problems, warnings);
  checkSmdsAddress(request, problems, warnings);
  checkCounts(request, warnings);
  checkPast(request, problems);
  warnings.push(...metadataRemarks(request.metadata));
  return { problems, warnings };
}

function checkIccid(
  { iccid: given, luhn = 'warn' }: ProfileRequest,
  problems: Remark[],
  warnings: Remark[],
): void {
  if (given === undefined) return;
  const field = 'iccid';
  const iccid = canonicalIccid(given);
  const rounded = isScientific(given) ? spreadsheetProblem(given) : undefined;
  if (rounded) return void problems.push({ field, ...rounded, message: `'${given}' ${rounded.message}` });
  if (!isHexIccid(iccid)) {
    problems.push({
      field,
      message: `'${given}' is not an ICCID`,
      remedy: 'give 18 to 20 digits, or leave iccid out: the profile then gets the next free ICCID',
    });
    return;
  }
  const oddity = luhn === 'off' ? undefined : iccidProblem(iccid);
  if (oddity && luhn === 'strict')
    problems.push({
      field,
      message: oddity.message,
      remedy: `${oddity.hint}; if the value is intended, set luhn=warn (--luhn warn)`,
    });
  else if (oddity)
    warnings.push({
      field,
      message: oddity.message,
      remedy: spreadsheetProblem(iccid)?.remedy ?? oddity.hint,
    });
}

function checkEid({ eid }: ProfileRequest, problems: Remark[], warnings: Remark[]): void {
  if (eid === undefined) return;
  if (!isEid(eid))
    problems.push({
      field: 'eid',
      message: `'${eid}' is not an EID`,
      remedy: 'give its 32 digits without separators',
    });
  else if (!eidCheckDigitsHold(eid))
    warnings.push({
      field: 'eid',
      message: 'the last two digits are not the check digits of this EID (SGP.29)',
    });
}

function checkMatchingId({ matchingId, eid }: ProfileRequest, problems: Remark[], warnings: Remark[]): void {
  if (matchingId === undefined) return;
  if (matchingId === '' && eid === undefined) {
    problems.push({
      field: 'eid',
      message: 'an order with an empty MatchingID needs an EID, because the server can find it only by EID',
      remedy: 'give an eid, or leave matchingId out: the order then gets a new MatchingID',
    });
  } else if (!/^[\x21-\x23\x25-\x7e]{0,255}$/.test(matchingId)) {
    problems.push({
      field: 'matchingId',
      message: 'an activation code cannot contain this MatchingID',
      remedy: 'give up to 255 printable ASCII characters except $ and space, preferably A-Z, 0-9 and hyphens',
    });
  } else if (!/^[-0-9A-Z]*$/.test(matchingId)) {
    warnings.push({
      field: 'matchingId',
      message:
        'SGP.22 allows only A-Z, 0-9 and hyphens in a MatchingID: some LPAs refuse other characters, and ES2+ refuses all of them except _',
    });
  }
}

function checkSmdsAddress(
  { smdsAddress, eid, matchingId }: ProfileRequest,
  problems: Remark[],
  warnings: Remark[],
): void {
  if (smdsAddress === undefined) return;
  const field = 'smdsAddress';
  const problem = addressProblem(smdsAddress);
  if (problem)
    problems.push({ field, message: `'${smdsAddress}' ${problem.message}`, remedy: problem.remedy });
  if (eid === undefined)
    warnings.push({
      field,
      message:
        'no event is registered at the SM-DS, because the order has no EID; ES2+ refuses such an order (8.1.1/2.2)',
    });
  else if (matchingId === '')
    warnings.push({
      field,
      message:
        'no event is registered at the SM-DS, because the MatchingID is empty and would be the EventID',
    });
}

/** Warns about a limit of 0, at which the server refuses even the first download. */
function checkCounts(
  { confirmationCode, confirmationCodeAttempts, downloadAttempts }: ProfileRequest,
  warnings: Remark[],
): void {
  if (downloadAttempts === 0)
    warnings.push({
      field: 'downloadAttempts',
      message: 'no attempt is left: the server refuses downloads with 8.8.5/6.4',
    });
  if (confirmationCode !== undefined && confirmationCodeAttempts === 0)
    warnings.push({
      field: 'confirmationCodeAttempts',
      message: 'no attempt is left: the server refuses downloads with 8.2.7/6.4',
    });
}

function checkPast({ state, errorStatus, ...request }: PreparationRequest, problems: Remark[]): void {
  if (request.confirmationCode !== undefined && request.confirmationCodeHash !== undefined)
    problems.push({
      field: 'confirmationCodeHash',
      message: 'cannot be combined with confirmationCode',
      remedy: 'give one of the two',
    });
  if (errorStatus !== undefined && state !== 'Error')
    problems.push({
      field: 'errorStatus',
      message: 'only a profile in state Error can have this member',
      remedy: 'leave it out, or give state: Error',
    });
}

const instant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Whether the day exists. `Date.parse` does not check this: it reads 30 February as 2 March. */
const isDay = (day: string): boolean => {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

function checkValidUntil(
  { validUntil }: ProfileRequest,
  now: number,
  problems: Remark[],
  warnings: Remark[],
): void {
  if (validUntil === undefined) return;
  const until = instant.test(validUntil) && isDay(validUntil.slice(0, 10)) ? Date.parse(validUntil) : NaN;
  if (Number.isNaN(until))
    problems.push({
      field: 'validUntil',
      message: `'${validUntil}' is not a date and time`,
      remedy: 'write date, time and time zone, for instance 2030-01-31T12:00:00Z',
    });
  else if (until <= now)
    warnings.push({
      field: 'validUntil',
      message: 'is in the past: the server refuses downloads with 8.8.5/4.10',
    });
}

function checkState(request: PreparationRequest, problems: Remark[], warnings: Remark[]): void {
  const { state = 'Released', eid } = request;
  const absent = [
    ...(withoutOrder.has(state) ? orderMembers : []),
    ...(unconfirmed.has(state) ? confirmedOrderMembers : []),
  ];
  for (const field of absent) {
    if (request[field] === undefined) continue;
    problems.push({
      field,
      message: `a profile in state ${state} cannot have this member`,
      remedy: `leave it out, or ask for the state ${field === 'eid' ? 'Linked, ' : ''}Confirmed or Released`,
    });
  }
  if (state === 'Linked' && eid === undefined)
    problems.push({
      field: 'eid',
      message: 'a profile in state Linked must have an EID',
      remedy: 'give an eid, or ask for Allocated',
    });
  if (state === 'Allocated' && eid !== undefined)
    problems.push({
      field: 'eid',
      message: 'a profile in state Allocated cannot have an EID',
      remedy: 'leave it out, or ask for the state Linked',
    });
  if (['Downloaded', 'Installed'].includes(state) && eid === undefined)
    warnings.push({
      field: 'eid',
      message: `a profile in state ${state} is on an eUICC, but the request names no EID`,
    });
}
