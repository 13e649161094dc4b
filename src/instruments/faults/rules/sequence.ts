import type { FaultRule } from './rule.js';

/**
 * Maximum number of sequences that one rule remembers. If there are more, the rule forgets the oldest sequence. The next request for that
 * sequence gets the first outcome again.
 */
const mostSequences = 100_000;

/** How far a rule has gone through its list of outcomes. */
export interface SequenceState {
  readonly given: readonly number[];
  /** Number of outcomes given, for each value of the member that `countedBy` names. */
  readonly positions: Iterable<readonly [key: string, position: number]>;
}

/** Counts the outcomes that the requests of one rule have received. */
export class Sequence {
  readonly #repeats: readonly number[];
  readonly #length: number;
  readonly #atEnd: NonNullable<FaultRule['atEnd']>;
  /** Number of outcomes given, for each value of the member that `countedBy` names. */
  readonly #positions: Map<string, number>;
  readonly #given: number[];

  /** @param state where the sequence continues. Default: at the beginning */
  constructor(
    { outcomes = [], atEnd = 'stay' }: Pick<FaultRule, 'outcomes' | 'atEnd'>,
    { given, positions }: Partial<SequenceState> = {},
  ) {
    this.#repeats = outcomes.map(({ repeat = 1 }) => repeat);
    this.#length = this.#repeats.reduce((sum, repeat) => sum + repeat, 0);
    this.#atEnd = atEnd;
    this.#given = outcomes.map((_, index) => given?.[index] ?? 0);
    this.#positions = new Map(positions);
  }

  /** Number of requests that got each outcome. */
  get given(): readonly number[] {
    return this.#given;
  }

  /** Whether a key has received all outcomes and gets no further outcome. */
  isOver(key: string): boolean {
    return this.#atEnd === 'off' && this.position(key) >= this.#length;
  }

  /** @returns the index of the outcome for the next request of this key. `undefined`: no outcome is left */
  next(key: string): number | undefined {
    if (this.isOver(key)) return undefined;
    const position = this.position(key);
    const after = this.#atEnd === 'restart' ? (position + 1) % this.#length : position + 1;
    this.#remember(key, Math.min(after, this.#length));
    const index = this.#outcomeAt(Math.min(position, this.#length - 1));
    this.#given[index]!++;
    return index;
  }

  /** Number of outcomes that a key has received. */
  position(key: string): number {
    return this.#positions.get(key) ?? 0;
  }

  #remember(key: string, position: number): void {
    this.#positions.delete(key);
    this.#positions.set(key, position);
    if (this.#positions.size <= mostSequences) return;
    const [oldest] = this.#positions.keys();
    this.#positions.delete(oldest!);
  }

  #outcomeAt(position: number): number {
    let end = 0;
    return this.#repeats.findIndex((repeat) => position < (end += repeat));
  }
}
