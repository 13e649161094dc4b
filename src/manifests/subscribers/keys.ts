import { withDrawnKeys, type Drawn, type Subscriber } from '../../profiles/index.js';
import type { CellProblem } from '../cells/cell-problem.js';
import type { SubscriberColumn } from './columns.js';

/** How the server draws the keys that a list lacks. */
export interface Drawing {
  /** The seed for the keys of subscribers without K. Without a seed, such a subscriber is an error. */
  readonly seed?: Buffer | string | undefined;
  /** Which values are computed from the seed. Default: keys. */
  readonly drawn?: Drawn | undefined;
}

/** Draws the keys of a subscriber that has an IMSI but no K, if there is a seed. Returns other subscribers unchanged. */
export const withKeys = (given: Subscriber, { seed, drawn = 'keys' }: Drawing): Subscriber =>
  given.imsi !== undefined && given.k === undefined && seed !== undefined
    ? withDrawnKeys(given, seed, drawn)
    : given;

/** A problem with a member of the subscriber. */
export interface MemberProblem extends CellProblem {
  readonly field: SubscriberColumn;
}

/** The keys that a subscriber needs but lacks. */
export function* missingKeys({ k, op, opc, algorithm }: Subscriber): Generator<MemberProblem> {
  if (k === undefined)
    yield {
      field: 'k',
      message: 'there is no K',
      remedy: 'give a K, or a seed (--seed, seed=) from which the server computes the keys',
    };
  else if (op === undefined && opc === undefined && algorithm !== 'test')
    yield { field: 'opc', message: 'there is neither OP nor OPc', remedy: 'give one of the two' };
}

const ofIdentity = ['k', 'op', 'opc', 'sqn'] as const;

/**
 * Problems of a subscriber in a list whose rows need no subscriber. A row may give only settings, such as the SPN. But keys belong to
 * an IMSI, and an IMSI needs keys.
 */
export function* incompleteIdentity(subscriber: Subscriber): Generator<MemberProblem> {
  if (subscriber.imsi !== undefined) yield* missingKeys(subscriber);
  else if (ofIdentity.some((member) => subscriber[member] !== undefined))
    yield {
      field: 'imsi',
      message: 'is missing, but the row has keys of a subscriber',
      remedy: 'give the IMSI, or remove the keys',
    };
}
