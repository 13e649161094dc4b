import Type, { type Static } from 'typebox';
import { inTurns } from '../../base/turns.js';
import {
  hasTrait,
  isInTime,
  traitOf,
  traits,
  type ExchangeEntry,
  type ExchangeFilter,
  type FilterMember,
} from '../../instruments/journal/index.js';
import { fieldProblem } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { summaryView } from './summary.js';

const times = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }));

/** How many exchanges are expected. */
export const Count = Type.Object(
  {
    exactly: times('a number of exchanges'),
    atLeast: times('a number of exchanges'),
    atMost: times('a number of exchanges'),
  },
  { additionalProperties: false, description: 'exactly, atLeast or atMost; default: atLeast 1' },
);
type Count = Static<typeof Count>;

/** The lowest and highest number of exchanges that meets the expectation. */
export interface Bounds {
  readonly least: number;
  readonly greatest: number;
}

/** @throws Problem 400 if the members contradict each other */
export function boundsOf({ exactly, atLeast, atMost }: Count = {}): Bounds {
  if (exactly !== undefined && (atLeast !== undefined || atMost !== undefined))
    throw fieldProblem(
      'count',
      '`exactly` cannot be combined with `atLeast` or `atMost`',
      'remove `exactly`, or remove the other members',
    );
  if (exactly !== undefined) return { least: exactly, greatest: exactly };
  const bounds = { least: atLeast ?? (atMost === undefined ? 1 : 0), greatest: atMost ?? Infinity };
  if (bounds.least > bounds.greatest) throw fieldProblem('count', 'atLeast is greater than atMost');
  return bounds;
}

/** Bounds in words: `exactly 1`, `at least 1`. */
export function boundsInWords({ least, greatest }: Bounds): string {
  if (least === greatest) return `exactly ${least}`;
  if (greatest === Infinity) return `at least ${least}`;
  return least === 0 ? `at most ${greatest}` : `${least} to ${greatest}`;
}

export const isWithin = (count: number, { least, greatest }: Bounds): boolean =>
  count >= least && count <= greatest;

/** Whether the wait for exchanges can end: the expectation holds now, or too many exchanges have arrived. */
export const isDecided = (count: number, bounds: Bounds): boolean =>
  isWithin(count, bounds) || count > bounds.greatest;

/** Whether the outcome is certain even if the journal has dropped exchanges. */
export const isCertain = (count: number, { least, greatest }: Bounds): boolean =>
  count > greatest || (greatest === Infinity && count >= least);

interface Difference {
  /** The name that the caller used for a filter member. */
  readonly name: string;
  readonly expected: string;
  readonly actual: string | undefined;
}

const difference = viewFrom<Difference>()((member) => ({
  member: member(Type.String(), ({ name }) => name),
  expected: member(Type.String(), ({ expected }) => expected),
  actual: member(Type.Optional(Type.String()), ({ actual }) => actual),
}));

const nearMiss = viewFrom<{
  readonly entry: ExchangeEntry;
  readonly differences: readonly Difference[];
}>()((member) => ({
  exchange: member(summaryView.schema, ({ entry }) => summaryView.of(entry)),
  differs: member(Type.Array(difference.schema), ({ differences }) => differences.map(difference.of)),
}));

/** An exchange that matches the expectation except for a few members. */
export const NearMiss = nearMiss.schema;
export type NearMiss = Static<typeof NearMiss>;

const most = 3;

/**
 * Finds exchanges that differ from the expectation in a few members. Sorts them by the number of differences, and then by time, newest first.
 * The server handles other requests during the search.
 *
 * @param nameOf the name that the caller used for a filter member
 */
export async function nearMisses(
  entries: readonly ExchangeEntry[],
  filter: ExchangeFilter,
  nameOf: (trait: FilterMember) => string = (trait) => trait,
): Promise<readonly NearMiss[]> {
  const wanted = traits.flatMap((trait) => {
    const expected = filter[trait];
    return expected === undefined ? [] : [{ trait, expected }];
  });
  let nearest: { readonly entry: ExchangeEntry; readonly differs: typeof wanted }[] = [];
  for await (const portion of inTurns(entries)) {
    const near = portion
      .filter((entry) => isInTime(entry, filter))
      .map((entry) => ({
        entry,
        differs: wanted.filter(({ trait, expected }) => !hasTrait(entry, trait, expected)),
      }))
      .filter(({ differs }) => differs.length > 0 && differs.length < wanted.length);
    nearest = [...nearest, ...near]
      .sort((one, other) => one.differs.length - other.differs.length || other.entry.id - one.entry.id)
      .slice(0, most);
  }
  return nearest.map(({ entry, differs }) =>
    nearMiss.of({
      entry,
      differences: differs.map(({ trait, expected }) => ({
        name: nameOf(trait),
        expected,
        actual: traitOf(entry, trait),
      })),
    }),
  );
}
