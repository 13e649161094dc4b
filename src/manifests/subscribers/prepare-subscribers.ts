import { setImmediate } from 'node:timers/promises';
import { checkPreparation } from '../../orders/prepare.js';
import { ProfileRequestError, type PreparationRequest } from '../../orders/profile-request.js';
import { prepareProfiles, type PreparationContext, type PreparedProfile } from '../../orders/prepare.js';
import { withDrawnKeys, type Drawn, type Subscriber } from '../../profiles/index.js';
import { DuplicateError, profilePages, type Store } from '../../store/index.js';
import { canonicalIccid } from '../../wire/rsp/index.js';
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

export interface SubscriberOptions {
  /** The seed for the keys of rows without K. Without a seed, such a row is an error. */
  readonly seed?: Buffer | string | undefined;
  /** Which values are computed from the seed. Default: keys. */
  readonly drawn?: Drawn | undefined;
  /** Defaults for rows that lack these members. */
  readonly defaults?: PreparationRequest | undefined;
  /** Checks everything, but makes nothing. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Makes a profile for each subscriber of a list, or none if any row is wrong.
 *
 * @throws SubscriberListError naming every wrong row
 */
export async function prepareSubscribers(
  context: PreparationContext,
  rows: readonly SubscriberRow[],
  { seed, drawn = 'keys', defaults = {}, dryRun = false }: SubscriberOptions,
): Promise<readonly PreparedProfile[]> {
  const problems: SubscriberProblem[] = [];
  const holders = await holdersOfImsis(context.store);
  const requests: PreparationRequest[] = [];
  for await (const row of inPortions(rows)) {
    const given = row.request.subscriber ?? {};
    const subscriber =
      given.k === undefined && seed !== undefined ? withDrawnKeys(given, seed, drawn) : given;
    const request = { ...defaults, ...row.request, subscriber };
    requests.push(request);
    problems.push(...keyProblems(row, subscriber));
    const holder = holders.get(subscriber.imsi ?? '');
    if (holder !== undefined)
      problems.push(
        problemIn(
          row,
          'imsi',
          `'${subscriber.imsi}' already belongs to the profile ${holder}`,
          'give another IMSI, or remove that profile',
        ),
      );
    problems.push(...(await requestProblems(context, row, request)));
  }
  if (problems.length > 0) throw new SubscriberListError(problems);
  if (dryRun) return [];
  try {
    return await prepareProfiles(context, inPortions(requests));
  } catch (error) {
    if (!(error instanceof DuplicateError)) throw error;
    const { field, value } = error;
    const row =
      rows.find(({ request }) => request[field] === value || canonicalIccid(request.iccid ?? '') === value) ??
      rows[0]!;
    throw new SubscriberListError([
      problemIn(row, field, `'${value}' is already in use`, 'give another value, or leave the cell empty'),
    ]);
  }
}

/** Number of rows after which other requests get a turn. */
const portion = 20;

async function* inPortions<T>(items: readonly T[]): AsyncGenerator<T, void> {
  for (const [index, item] of items.entries()) {
    if (index % portion === 0) await setImmediate();
    yield item;
  }
}

function problemIn(
  { line, columnOf }: SubscriberRow,
  field: string,
  message: string,
  remedy?: string,
): SubscriberProblem {
  return { line, column: columnOf.get(field), field, message, remedy };
}

function* keyProblems(
  row: SubscriberRow,
  { k, op, opc, algorithm }: Subscriber,
): Generator<SubscriberProblem> {
  if (k === undefined)
    yield problemIn(
      row,
      'k',
      'there is no K',
      'give a K, or a seed (--seed) from which the server computes the keys',
    );
  else if (op === undefined && opc === undefined && algorithm !== 'test')
    yield problemIn(row, 'opc', 'there is neither OP nor OPc', 'give one of the two');
}

async function requestProblems(
  context: PreparationContext,
  row: SubscriberRow,
  request: PreparationRequest,
): Promise<readonly SubscriberProblem[]> {
  try {
    await checkPreparation(context, request);
    return [];
  } catch (error) {
    if (!(error instanceof ProfileRequestError)) throw error;
    return error.problems.map(({ field, message, remedy }) =>
      problemIn(row, columnOf(field), message, remedy),
    );
  }
}

/** The column of a member of the subscriber, such as `plmn` of `subscriber.plmn.0`. Other members keep their names. */
const columnOf = (field: string): string => /^subscriber\.([A-Za-z]+)/.exec(field)?.[1] ?? field;

/** The ICCID of the profile that has each IMSI. */
async function holdersOfImsis(store: Store): Promise<ReadonlyMap<string, string>> {
  const holders = new Map<string, string>();
  for await (const profiles of profilePages(store))
    for (const { iccid, personal } of profiles) {
      const imsi = personal === null ? undefined : (JSON.parse(personal) as Subscriber).imsi;
      if (imsi !== undefined) holders.set(imsi, iccid);
    }
  return holders;
}
