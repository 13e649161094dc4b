import { inTurns } from '../base/turns.js';
import { holdersOfImsis, imsiTaken } from '../manifests/index.js';
import { checkData } from '../orders/prepare.js';
import type { PreparedType } from '../orders/prepared-type.js';
import { ProfileRequestError } from '../orders/profile-request.js';
import { subscriberOf } from '../orders/prepared-type.js';
import { subscriberDifferences } from '../profiles/index.js';
import type { Profile, Store } from '../store/index.js';
import type { TakenCode } from './errors.js';
import { CodeListError, type ListedCode, type ListProblem } from './list/index.js';

/** Number of rows after which other requests get a turn. Making a package takes a fraction of a millisecond. */
const rowsPerTurn = 20;

/** Checks that the profile type has a place for the data of each subscriber. @throws CodeListError */
export async function requirePlaces(type: PreparedType, codes: readonly ListedCode[]): Promise<void> {
  const problems: ListProblem[] = [];
  const some = codes.filter(({ subscriber }) => subscriber !== undefined);
  for await (const portion of inTurns(some, rowsPerTurn))
    problems.push(...portion.flatMap((code) => misfitsOf(code, type)));
  if (problems.length > 0) throw new CodeListError(problems);
}

function misfitsOf({ line, iccid, subscriber, columnOf }: ListedCode, type: PreparedType): ListProblem[] {
  try {
    checkData(type, { iccid, metadata: null, personal: JSON.stringify(subscriber) });
    return [];
  } catch (error) {
    if (!(error instanceof ProfileRequestError)) throw error;
    return error.problems.map(({ field: path, message, remedy = 'correct it, or leave the cell empty' }) => {
      const field = (/^subscriber\.([A-Za-z]+)/.exec(path)?.[1] ?? 'row') as ListProblem['field'];
      return { line, column: columnOf?.get(field), field, message, remedy };
    });
  }
}

/** Reports the codes whose IMSI a profile already has. @param codes codes that have no profile yet */
export async function takenImsis(store: Store, codes: readonly ListedCode[]): Promise<readonly TakenCode[]> {
  const imsis = codes.flatMap(({ subscriber }) => subscriber?.imsi ?? []);
  const holders = await holdersOfImsis(store, imsis);
  return codes.flatMap(({ line, subscriber, columnOf }): TakenCode[] => {
    const imsi = subscriber?.imsi;
    const holder = imsi === undefined ? undefined : holders.get(imsi);
    if (imsi === undefined || holder === undefined) return [];
    const { message, remedy } = imsiTaken(holder);
    return [
      {
        ...{ line, column: columnOf?.get('imsi'), field: 'imsi', value: imsi },
        ...{ message: `the IMSI ${message}`, remedy },
      },
    ];
  });
}

/**
 * Reports a listed code if its profile has different data of the subscriber. `undefined` if the data are the same, or the list gives
 * none.
 */
export function otherSubscriber(
  { line, iccid, subscriber, columnOf }: ListedCode,
  profile: Profile,
): TakenCode | undefined {
  if (subscriber === undefined) return undefined;
  const [first, ...others] = subscriberDifferences(subscriber, subscriberOf(profile));
  if (first === undefined) return undefined;
  return {
    ...{ line, column: columnOf?.get(first), field: 'iccid', value: iccid },
    message: `the code exists, but its subscriber has a different ${[first, ...others].join(', ')}`,
    remedy: 'remove the row, or delete that profile first (DELETE /api/v1/profiles/{iccid})',
  };
}
