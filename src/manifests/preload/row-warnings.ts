import type { ManifestRow } from '../index.js';
import { iccidProblem, type LuhnCheck } from '../../wire/rsp/index.js';
import { eidRangeCheck, type KnownManufacturers } from '../../orders/eid-range.js';
import { aboutType } from '../../orders/prepare.js';
import type { PreparedType } from '../../orders/prepared-type.js';
import type { Remark } from '../../orders/profile-request.js';

/** A warning about valid rows. */
export interface RowWarning extends Remark {
  /** The number of rows to which the warning applies. */
  readonly rows: number;
  /** The line numbers of the first few of these rows, counted from 1. */
  readonly lines: readonly number[];
}

/** Maximum number of lines that a warning names. */
const mostLines = 10;
/** Maximum number of different warnings. */
const mostWarnings = 100;

/** Collects warnings about rows. A warning that applies to many rows is listed once. */
export class RowWarnings {
  readonly #found = new Map<string, { remark: Remark; rows: number; lines: number[] }>();
  readonly #eidRemark: ReturnType<typeof eidRangeCheck>;

  constructor(
    manufacturers: KnownManufacturers | undefined,
    private readonly luhn: LuhnCheck = 'strict',
  ) {
    this.#eidRemark = eidRangeCheck(manufacturers);
  }

  get all(): readonly RowWarning[] {
    return [...this.#found.values()].map(({ remark, rows, lines }) => ({ ...remark, rows, lines }));
  }

  check({ line, eid, iccid }: Pick<ManifestRow, 'line' | 'eid' | 'iccid'>, type: PreparedType): void {
    const eidRemark = this.#eidRemark(eid);
    if (eidRemark) this.#add(line, eidRemark);
    for (const remark of type.remarks) this.#add(line, aboutType(type)(remark));
    const oddity = iccid === undefined || this.luhn !== 'warn' ? undefined : iccidProblem(iccid);
    if (oddity) this.#add(line, { field: 'iccid', message: oddity.message });
  }

  #add(line: number, remark: Remark): void {
    const key = `${remark.field} ${remark.message}`;
    const found = this.#found.get(key);
    if (found) {
      found.rows++;
      if (found.lines.length < mostLines) found.lines.push(line);
    } else if (this.#found.size < mostWarnings) this.#found.set(key, { remark, rows: 1, lines: [line] });
  }
}
