import { LeastRecentlyUsed } from '../../base/least-recently-used.js';
import { problemIn, type ManifestRow, type RejectedRow, type RowProblem } from '../index.js';
import { hashConfirmationCode } from '../../orders/confirmation-code-hash.js';
import { typeFor, type PreparationContext } from '../../orders/prepare.js';
import type { PreparedType } from '../../orders/prepared-type.js';
import { ProfileRequestError } from '../../orders/profile-request.js';
import { IccidSupply } from './iccid-supply.js';
import type { RowWarnings } from './row-warnings.js';
import { compareWithProfiles } from './row-status.js';
import { imsiClaimOf, subscriberProblems } from './row-subscribers.js';
import type { Order } from './order.js';

/** The result of checking a portion of rows. */
export interface Sorted {
  readonly orders: readonly Order[];
  readonly unchanged: number;
  readonly rejected: readonly RejectedRow[];
}

/** Values for cells that a row leaves empty. */
export interface Defaults {
  readonly profileType: string;
  readonly pool?: string | undefined;
  readonly label?: string | undefined;
}

type Problem = Pick<RowProblem, 'message' | 'remedy'>;

/** The number of profile types that stay cached between two portions of rows. */
const mostTypes = 100;

/** Turns rows into orders. Each order is linked to the EID of its row, confirmed and released. */
export class OrderRows {
  readonly #types = new LeastRecentlyUsed<PreparedType | Problem>(mostTypes);
  readonly #iccids: IccidSupply;
  readonly #now: number;

  constructor(
    private readonly context: PreparationContext,
    private readonly defaults: Defaults,
    private readonly warnings: RowWarnings,
  ) {
    this.#iccids = new IccidSupply(context.store);
    this.#now = context.clock.now().getTime();
  }

  /** Separates new orders from unchanged rows and rejected rows. */
  async sort(rows: readonly ManifestRow[]): Promise<Sorted> {
    const types = await this.#typesOf(rows);
    const conflicting = await this.context.store.conflictingProfiles(rows);
    const compared = rows.map((row, index) => {
      const type = types.get(this.#typeName(row))!;
      const order = this.#order(row, type);
      return {
        ...{ row, type, order },
        status: 'remedy' in order ? order : compareWithProfiles(order, conflicting[index]!),
      };
    });
    const wrong = await subscriberProblems(
      this.context,
      compared.flatMap(({ row, status }) => (status === 'new' ? [row] : [])),
      // Only rows with a usable profile type are new.
      (row) => types.get(this.#typeName(row)) as PreparedType,
    );
    const orders: Order[] = [];
    const rejected: RejectedRow[] = [];
    let unchanged = 0;
    compared.forEach(({ row, type, order, status }) => {
      const found = status === 'new' ? (wrong.get(row) ?? status) : status;
      if ((found === 'unchanged' || found === 'new') && 'compiled' in type) this.warnings.check(row, type);
      if (found === 'unchanged') unchanged++;
      else if (found !== 'new') rejected.push(rejection(row, found));
      else if ('profile' in order) orders.push(order);
    });
    return { orders: await this.withIccids(orders), unchanged, rejected };
  }

  /** Assigns the next free ICCIDs to the orders that need one. */
  async withIccids(orders: readonly Order[]): Promise<readonly Order[]> {
    const missing = orders.filter(({ needsIccid }) => needsIccid);
    if (missing.length === 0) return orders;
    const iccids = await this.#iccids.take(missing.length);
    missing.forEach(({ profile }, index) => (profile.iccid = iccids[index]!));
    return orders;
  }

  #order(row: ManifestRow, type: PreparedType | Problem): Order | RowProblem {
    if ('remedy' in type) return problemIn(row.source, 'profileType', type);
    const { fixedIccid } = type.compiled;
    if (fixedIccid !== undefined && row.iccid !== undefined && row.iccid !== fixedIccid)
      return problemIn(row.source, 'iccid', {
        message: `packages of type '${type.name}' are sent unchanged, with the ICCID ${fixedIccid}`,
        remedy: 'leave the cell empty',
      });
    const iccid = fixedIccid ?? row.iccid;
    const profile: Order['profile'] = {
      iccid: iccid ?? '',
      profileType: type.name,
      state: 'Released',
      createdAt: this.#now,
      eid: row.eid,
      matchingId: row.matchingId,
    };
    const { confirmationCode, imei, label = this.defaults.label, pool = this.defaults.pool } = row;
    if (type.sharesIccid) profile.sharedIccid = true;
    if (confirmationCode !== undefined) profile.confirmationCodeHash = hashConfirmationCode(confirmationCode);
    if (label !== undefined) profile.label = label;
    if (pool !== undefined) profile.pool = pool;
    if (imei !== undefined) profile.imei = imei;
    if (row.subscriber !== undefined) profile.personal = JSON.stringify(row.subscriber);
    const claim = imsiClaimOf(row);
    if (claim !== undefined) profile.imsiClaim = claim;
    return { row, profile, needsIccid: iccid === undefined };
  }

  #typeName({ profileType = this.defaults.profileType }: ManifestRow): string {
    return profileType;
  }

  async #typesOf(rows: readonly ManifestRow[]): Promise<ReadonlyMap<string, PreparedType | Problem>> {
    const types = new Map<string, PreparedType | Problem>();
    for (const row of rows) {
      const name = this.#typeName(row);
      if (types.has(name)) continue;
      const known = this.#types.get(name);
      const type = known ?? (await typeFor(this.context.profileTypes, name).catch(asProblem));
      if (!known) this.#types.set(name, type);
      types.set(name, type);
    }
    return types;
  }
}

export const rejection = (row: ManifestRow, problem: RowProblem): RejectedRow => ({
  line: row.line,
  problems: [problem],
  source: row.source,
});

function asProblem(error: unknown): Problem {
  if (!(error instanceof ProfileRequestError)) throw error;
  const { message, remedy = 'name another profile type' } = error.problems[0]!;
  return { message, remedy };
}
