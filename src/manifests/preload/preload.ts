import { setImmediate } from 'node:timers/promises';
import {
  problemIn,
  readManifest,
  type ManifestPart,
  type ManifestRow,
  type RejectedRow,
  type RowProblem,
} from '../index.js';
import { DEFAULT_PROFILE_TYPE } from '../../profiles/index.js';
import type { DuplicateError } from '../../store/index.js';
import { typeFor, type PreparationContext } from '../../orders/prepare.js';
import { BatchWriter } from './batch-writer.js';
import {
  mostRejected,
  type PreloadCounts,
  type PreloadEvent,
  type PreloadOptions,
  type PreloadResult,
} from './events.js';
import { OrderRows, rejection } from './order-rows.js';
import type { Order } from './order.js';
import { RowWarnings } from './row-warnings.js';
import { untilAborted } from './until-aborted.js';

type Rows = Extract<ManifestPart, { kind: 'rows' }>;

/** The maximum number of rows to check before other requests get a turn. The checks take two or three milliseconds. */
const mostAtOnce = 500;
/**
 * The longest time, in milliseconds, that checked orders wait to be written. Each write is a heartbeat: without heartbeats, another
 * process would declare the import dead.
 */
const longestPause = 1000;

const none = Promise.resolve<readonly RejectedRow[]>([]);

/**
 * Imports an EID manifest. For each row, orders a profile, links it to the EID, and confirms and releases it. All profiles become
 * visible together at the end. If the import fails or the process is killed, none becomes visible. Imports run one at a time. The
 * server keeps answering devices during an import.
 *
 * A row has no effect if its order already exists with the same values.
 *
 * @param chunks the file as it arrives
 * @throws ManifestError if the file as a whole is invalid
 * @throws ProfileRequestError if the profile type of `options` cannot be used
 * @throws BatchAbandonedError if this process stalled so long that another process declared the import dead
 */
export async function* preload(
  context: PreparationContext,
  chunks: AsyncIterable<Uint8Array>,
  options: PreloadOptions = {},
): AsyncGenerator<PreloadEvent, void> {
  const { profileType = DEFAULT_PROFILE_TYPE, pool, label, luhn } = options;
  await typeFor(context.profileTypes, profileType);
  const warnings = new RowWarnings(context.pki, luhn);
  const rows = new OrderRows(context, { profileType, pool, label }, warnings);
  const run = new Import(rows, new BatchWriter(context.store), options);
  try {
    for await (const part of readManifest(untilAborted(chunks, options.signal), options)) {
      if (part.kind !== 'rows') yield part;
      else yield* run.take(part);
      if (run.isHopeless) break;
    }
    yield* run.writeRest();
    yield { kind: 'done', result: { ...(await run.finish()), warnings: warnings.all } };
  } finally {
    await run.giveUp();
  }
}

/** One pass through a file. */
class Import {
  readonly #counts = { added: 0, unchanged: 0, rejected: 0 };
  #lastLine = 0;
  #checked: Order[] = [];
  #lastWrite = performance.now();
  /** The number of orders that are being written. */
  #underWay = 0;
  /** The rows that the last write rejected, because another profile has their ICCID, MatchingID or IMSI. */
  #taken: Promise<readonly RejectedRow[]> = none;

  constructor(
    private readonly rows: OrderRows,
    private readonly batch: BatchWriter,
    private readonly options: PreloadOptions,
  ) {}

  /** Whether so many rows were rejected that the server stops reading. */
  get isHopeless(): boolean {
    return this.#isRefused && this.#counts.rejected >= mostRejected;
  }

  get #isRefused(): boolean {
    return this.options.skipBadRows !== true && this.#counts.rejected > 0;
  }

  get #progress(): PreloadCounts {
    const { unchanged, rejected } = this.#counts;
    const added = this.#counts.added - this.#checked.length - this.#underWay;
    return { rows: added + unchanged + rejected, added, unchanged, rejected };
  }

  async *take({ rows, rejected, octets }: Rows): AsyncGenerator<PreloadEvent, void> {
    yield* this.#reject(rejected);
    const portion = Math.min(mostAtOnce, this.batch.portion);
    for (let at = 0; at < rows.length && !this.isHopeless; at += portion) {
      this.options.signal?.throwIfAborted();
      yield* this.#order(rows.slice(at, at + portion));
      await setImmediate();
    }
    // Even without valid rows, other work must get a turn, because rejected and empty rows take time, too.
    if (rows.length === 0) await setImmediate();
    yield { kind: 'progress', counts: this.#progress, octets };
  }

  async finish(): Promise<Omit<PreloadResult, 'warnings'>> {
    if (this.#isRefused) {
      await this.giveUp();
      const stoppedAfterLine = this.isHopeless ? this.#lastLine : undefined;
      return { ...this.#progress, added: 0, outcome: 'refused', stoppedAfterLine };
    }
    if (this.options.dryRun) return { ...this.#progress, outcome: 'checked' };
    this.options.signal?.throwIfAborted();
    if (this.batch.isOpen) await this.batch.close();
    return { ...this.#progress, outcome: this.#counts.added > 0 ? 'imported' : 'unchanged' };
  }

  /** Writes the orders that are checked but not yet written. */
  async *writeRest(): AsyncGenerator<PreloadEvent, void> {
    if (this.#checked.length > 0) yield* this.#write();
    yield* this.#rejectTaken();
  }

  /** Removes the profiles written so far. */
  async giveUp(): Promise<void> {
    this.#checked = [];
    await this.#taken.catch(() => undefined);
    this.#underWay = 0;
    await this.batch.abandon();
  }

  async *#order(rows: readonly ManifestRow[]): AsyncGenerator<PreloadEvent, void> {
    const willImport = !this.options.dryRun && !this.#isRefused;
    // Open the batch before the look-ups, so that they find the profiles of an earlier import.
    if (willImport && !this.batch.isOpen) yield* this.batch.open(this.options.signal);
    const { orders, unchanged, rejected } = await this.rows.sort(rows);
    this.#counts.unchanged += unchanged;
    this.#counts.added += orders.length;
    yield* this.#reject(rejected);
    if (!willImport || this.#isRefused) return;
    this.#checked.push(...orders);
    const isLate = performance.now() - this.#lastWrite > longestPause;
    if (this.#checked.length >= this.batch.portion || (isLate && this.#checked.length > 0))
      yield* this.#write();
  }

  /** Begins to write the checked orders. Meanwhile the next rows are checked. */
  async *#write(): AsyncGenerator<PreloadEvent, void> {
    yield* this.#rejectTaken();
    if (this.#isRefused) return;
    this.#underWay = this.#checked.length;
    this.#taken = this.#takenOf(this.#checked);
    this.#taken.catch(() => undefined);
    this.#checked = [];
    this.#lastWrite = performance.now();
  }

  async *#rejectTaken(): AsyncGenerator<PreloadEvent, void> {
    const taken = this.#taken;
    this.#taken = none;
    const rows = await taken;
    this.#underWay = 0;
    this.#counts.added -= rows.length;
    yield* this.#reject(rows);
  }

  /** Writes orders. @returns the rows that conflict with another profile */
  async #takenOf(orders: readonly Order[]): Promise<readonly RejectedRow[]> {
    const outcomes = await this.batch.add(orders.map(({ profile }) => profile));
    const failed = orders.flatMap((order, index) => {
      const reason = outcomes[index];
      return reason ? [{ order, reason }] : [];
    });
    // If a user has requested exactly the ICCID that the server generated, the server generates another ICCID.
    const isRenewable = ({ order, reason }: (typeof failed)[number]): boolean =>
      order.needsIccid && reason.field === 'iccid';
    const lost = failed.filter((one) => !isRenewable(one));
    const renewed = await this.rows.withIccids(failed.filter(isRenewable).map(({ order }) => order));
    return [
      ...lost.map(({ order, reason }) => rejection(order.row, taken(order, reason))),
      ...(renewed.length > 0 ? await this.#takenOf(renewed) : []),
    ];
  }

  async *#reject(all: readonly RejectedRow[]): AsyncGenerator<PreloadEvent, void> {
    if (all.length === 0) return;
    const rows = this.options.skipBadRows ? all : all.slice(0, mostRejected - this.#counts.rejected);
    this.#counts.rejected += rows.length;
    this.#lastLine = Math.max(this.#lastLine, rows.at(-1)?.line ?? 0);
    // This file will no longer be imported, so give up the batch. Other imports can then start.
    if (this.#isRefused) await this.giveUp();
    for (const row of rows) yield { kind: 'rejected', row };
  }
}

const taken = ({ row }: Order, { field, value, isElsewhere }: DuplicateError): RowProblem =>
  problemIn(row.source, field, {
    message: isElsewhere
      ? `a profile in another namespace already has '${value}'`
      : `another profile already has '${value}'`,
    remedy: 'give another value, or leave the cell empty',
  });
