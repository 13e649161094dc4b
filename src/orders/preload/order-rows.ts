import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import { problemIn, type ManifestRow, type RejectedRow, type RowProblem } from '../../manifests/index.js';
import { iccidFromSequence } from '../../profiles/index.js';
import type { NewProfile } from '../../store/index.js';
import { hashConfirmationCode } from '../confirmation-code.js';
import { typeFor, type PreparationContext } from '../prepare.js';
import type { PreparedType } from '../prepared-type.js';
import { ProfileRequestError } from '../profile-request.js';
import { standing, type Draft } from './standing.js';

/** A row, and the order that it asks for. */
export interface Order {
  readonly row: ManifestRow;
  readonly profile: NewProfile;
  /** Whether its ICCID may be exchanged for another. */
  readonly hasOwnIccid: boolean;
}

/** What comes of some rows. */
export interface Sorted {
  readonly orders: readonly Order[];
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
}

/** What rows that do not say otherwise have. */
export interface Defaults {
  readonly profileType: string;
  readonly pool?: string | undefined;
  readonly label?: string | undefined;
}

type Problem = Pick<RowProblem, 'message' | 'remedy'>;

/** Names of types that are kept: more than one portion of rows can have. */
const mostTypes = 1000;

interface Wanted {
  readonly row: ManifestRow;
  readonly draft: Draft;
}

/** Makes orders of rows: linked to the EID, confirmed and released. */
export class OrderRows {
  readonly #types = new LeastRecentlyUsed<PreparedType | Problem>(mostTypes);
  readonly #now: number;

  constructor(
    private readonly context: PreparationContext,
    private readonly defaults: Defaults,
  ) {
    this.#now = context.clock.now().getTime();
  }

  /** Tells those that ask for something new from those that are there already, and from those that cannot be. */
  async sort(rows: readonly ManifestRow[]): Promise<Sorted> {
    await this.#learnTypes(rows);
    const inTheWay = await this.context.store.profilesInTheWay(rows);
    const wanted: Wanted[] = [];
    const rejected: RejectedRow[] = [];
    let unchanged = 0;
    rows.forEach((row, index) => {
      const draft = this.#draft(row);
      const found = isProblem(draft) ? draft : standing(row, draft, inTheWay[index]!);
      if (found === 'unchanged') unchanged++;
      else if (found !== 'new') rejected.push(rejection(row, found));
      else if (!isProblem(draft)) wanted.push({ row, draft });
    });
    return { orders: await this.#withIccids(wanted), unchanged, rejected };
  }

  /** The same orders under other ICCIDs. */
  renewed(orders: readonly Order[]): Promise<readonly Order[]> {
    return this.#withIccids(
      orders.map(({ row, profile }) => ({ row, draft: { ...profile, iccid: undefined } })),
    );
  }

  #draft(row: ManifestRow): Draft | RowProblem {
    const type = this.#types.get(this.#typeName(row))!;
    if ('remedy' in type) return problemIn(row.source, 'profileType', type);
    const { fixedIccid } = type.compiled;
    if (fixedIccid !== undefined && row.iccid !== undefined && row.iccid !== fixedIccid)
      return problemIn(row.source, 'iccid', {
        message: `packages of type '${type.name}' go out as they are, with the ICCID ${fixedIccid}`,
        remedy: 'leave the cell empty',
      });
    const { confirmationCode, imei } = row;
    const label = row.label ?? this.defaults.label;
    const pool = row.pool ?? this.defaults.pool;
    return {
      profileType: type.name,
      iccid: fixedIccid ?? row.iccid,
      state: 'Released',
      createdAt: this.#now,
      eid: row.eid,
      matchingId: row.matchingId,
      ...(type.sharesIccid && { sharedIccid: true }),
      ...(confirmationCode !== undefined && { confirmationCodeHash: hashConfirmationCode(confirmationCode) }),
      ...(label !== undefined && { label }),
      ...(pool !== undefined && { pool }),
      ...(imei !== undefined && { imei }),
    };
  }

  #typeName({ profileType = this.defaults.profileType }: ManifestRow): string {
    return profileType;
  }

  async #learnTypes(rows: readonly ManifestRow[]): Promise<void> {
    for (const row of rows) {
      const name = this.#typeName(row);
      if (!this.#types.get(name))
        this.#types.set(name, await typeFor(this.context.profileTypes, name).catch(asProblem));
    }
  }

  /** Gives those without an ICCID the next free ones. */
  async #withIccids(wanted: readonly Wanted[]): Promise<Order[]> {
    const missing = wanted.filter(({ draft }) => draft.iccid === undefined).length;
    let next = missing === 0 ? 0 : await this.context.store.reserveNumbers('iccid', missing);
    return wanted.map(({ row, draft: { iccid, ...draft } }) => ({
      row,
      profile: { ...draft, iccid: iccid ?? iccidFromSequence(next++) },
      hasOwnIccid: iccid === undefined,
    }));
  }
}

export const rejection = (row: ManifestRow, problem: RowProblem): RejectedRow => ({
  line: row.line,
  problems: [problem],
  source: row.source,
});

const isProblem = (found: object): found is RowProblem => 'remedy' in found;

function asProblem(error: unknown): Problem {
  if (!(error instanceof ProfileRequestError)) throw error;
  const { message, remedy = 'name another' } = error.problems[0]!;
  return { message, remedy };
}
