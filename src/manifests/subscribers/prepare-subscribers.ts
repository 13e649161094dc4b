import { inTurns } from '../../base/turns.js';
import {
  acceptRequest,
  prepareAccepted,
  type AcceptedRequest,
  type PreparationContext,
  type PreparedProfile,
} from '../../orders/prepare.js';
import { ProfileRequestError, type PreparationRequest } from '../../orders/profile-request.js';
import type { Subscriber } from '../../profiles/index.js';
import { DuplicateError } from '../../store/index.js';
import { canonicalIccid } from '../../wire/rsp/index.js';
import { holdersOfImsis, imsiTaken, imsiTakenMeanwhile } from './holders.js';
import { missingKeys, withKeys, type Drawing } from './keys.js';
import type { SubscriberProblem } from './problem.js';
import type { SubscriberRow } from './read-subscribers.js';

/** Raised if a list of subscribers is invalid. No profile was made. */
export class SubscriberListError extends Error {
  override readonly name = 'SubscriberListError';

  /** @param problems at least one */
  constructor(readonly problems: readonly SubscriberProblem[]) {
    const [{ line, column, field, message }] = problems as readonly [SubscriberProblem];
    const more = problems.length === 1 ? '' : `; and ${problems.length - 1} more`;
    super(`line ${line}${column === undefined ? '' : `, column ${column}`}: ${field}: ${message}${more}`);
  }
}

export interface SubscriberOptions extends Drawing {
  /** Values for members that a row lacks. */
  readonly defaults?: PreparationRequest | undefined;
  /** Whether to check the list without making profiles. */
  readonly dryRun?: boolean | undefined;
  /** Whether a row may lack IMSI and keys. Its profile then has those of the profile type. Default: every row needs them. */
  readonly keysOptional?: boolean | undefined;
}

/**
 * Makes a profile for each subscriber of a list, or none if any row is wrong.
 *
 * @throws SubscriberListError naming every wrong row
 */
export async function prepareSubscribers(
  context: PreparationContext,
  rows: readonly SubscriberRow[],
  options: SubscriberOptions,
): Promise<readonly PreparedProfile[]> {
  const accepted = await acceptSubscribers(context, rows, options);
  return options.dryRun ? [] : prepareAcceptedSubscribers(context, rows, accepted);
}

/**
 * Checks a list without making profiles.
 *
 * @throws SubscriberListError naming every wrong row
 */
export async function acceptSubscribers(
  context: PreparationContext,
  rows: readonly SubscriberRow[],
  { defaults = {}, keysOptional = false, ...drawing }: SubscriberOptions,
): Promise<readonly AcceptedRequest[]> {
  const problems: SubscriberProblem[] = [];
  const accepted: AcceptedRequest[] = [];
  const imsis = rows.flatMap(({ request: { subscriber } }) => subscriber?.imsi ?? []);
  const holders = await holdersOfImsis(context.store, imsis);
  for await (const some of inTurns(rows, portion))
    for (const row of some) {
      const subscriber = withKeys(row.request.subscriber ?? {}, drawing);
      const hasIdentity = subscriber.imsi !== undefined || !keysOptional;
      if (hasIdentity)
        for (const { field, message, remedy } of missingKeys(subscriber))
          problems.push(problemIn(row, field, message, remedy));
      const holder = holders.get(subscriber.imsi ?? '');
      if (holder !== undefined) {
        const { message, remedy } = imsiTaken(holder);
        problems.push({
          ...problemIn(row, 'imsi', `'${subscriber.imsi}' ${message}`, remedy),
          isTaken: true,
        });
      }
      try {
        const { subscriber: _, ...order } = row.request;
        const request = { ...defaults, ...order, ...(isEmpty(subscriber) ? {} : { subscriber }) };
        const { imsi } = subscriber;
        accepted.push({
          ...(await acceptRequest(context, request)),
          ...(imsi !== undefined && { imsiClaim: { imsi } }),
        });
      } catch (error) {
        if (!(error instanceof ProfileRequestError)) throw error;
        for (const { field, message, remedy } of error.problems)
          problems.push(problemIn(row, columnOf(field), message, remedy));
      }
    }
  if (problems.length > 0) throw new SubscriberListError(problems);
  return accepted;
}

/**
 * Makes all profiles of a list that {@link acceptSubscribers} has accepted, or none of them.
 *
 * @throws SubscriberListError if an ICCID, a MatchingID or an IMSI is in use
 */
export async function prepareAcceptedSubscribers(
  context: PreparationContext,
  rows: readonly SubscriberRow[],
  accepted: readonly AcceptedRequest[],
): Promise<readonly PreparedProfile[]> {
  try {
    return await prepareAccepted(context, accepted);
  } catch (error) {
    if (!(error instanceof DuplicateError)) throw error;
    const { field, value } = error;
    const row =
      rows.find(({ request: { iccid = '', matchingId, subscriber } }) =>
        [iccid, canonicalIccid(iccid), matchingId, subscriber?.imsi].includes(value),
      ) ?? rows[0]!;
    const { message, remedy } =
      field === 'imsi' ? await imsiTakenMeanwhile(context.store, value) : identifierTaken;
    throw new SubscriberListError([
      { ...problemIn(row, field, `'${value}' ${message}`, remedy), isTaken: true },
    ]);
  }
}

const identifierTaken = {
  message: 'is already in use',
  remedy: 'give another value, or leave the cell empty',
};

const isEmpty = (subscriber: Subscriber): boolean => Object.keys(subscriber).length === 0;

/** Number of rows after which other requests get a turn. */
const portion = 20;

function problemIn(
  { line, columnOf }: SubscriberRow,
  field: string,
  message: string,
  remedy?: string,
): SubscriberProblem {
  return { line, column: columnOf.get(field), field, message, remedy };
}

/** The column of a member of the subscriber, such as `plmn` of `subscriber.plmn.0`. Other members keep their names. */
export const columnOf = (field: string): string => /^subscriber\.([A-Za-z]+)/.exec(field)?.[1] ?? field;
