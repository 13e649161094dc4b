import {
  differs,
  otherSource,
  sameDatabase,
  sourceChanged,
  targetHoldsData,
  targetInUse,
} from './copy-error.js';
import { Digest } from './digest.js';
import { decodeValues, encodeValues, type Row } from './rows.js';
import type { CopyProgress, CopySource, CopyTarget, TableProgress } from './sides.js';
import { copiedTables, type CopiedTable } from './tables.js';

/** What a copy is doing now. Each row counts twice: when it is copied, and when it is verified. */
export interface CopyStep {
  readonly doing: 'checking' | 'copying' | 'verifying';
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

export interface CopiedTableReport {
  readonly table: string;
  readonly rows: number;
  /** Sum of the SHA-256 hashes of all rows, hexadecimal. The same in source and target. */
  readonly checksum: string;
}

/** The result of a copy. */
export interface CopyReport {
  readonly from: string;
  readonly to: string;
  /** `same`: the target already had the same rows, for example because an earlier copy was complete. */
  readonly outcome: 'copied' | 'same';
  /** Number of rows that an interrupted run of the same copy had copied. */
  readonly resumed: number;
  readonly tables: readonly CopiedTableReport[];
}

type Digests = ReadonlyMap<string, Digest>;

/**
 * Copies all rows from `source` to `target`, then compares both. Continues an interrupted copy.
 *
 * @throws CopyError if the target holds other data, or if it differs from the source at the end
 */
export async function copyRows(
  source: CopySource,
  target: CopyTarget,
  report: (step: CopyStep) => void = () => undefined,
): Promise<CopyReport> {
  if (source.description === target.description) throw sameDatabase();
  const started = await target.progress();
  if (started !== undefined && started.source !== source.description)
    throw otherSource(target.description, started.source);
  const isSame = started === undefined && !(await isEmpty(target));
  if (started === undefined && !isSame) await begin(source, target);

  const meter = await meterOf(source, report);
  const digests = isSame
    ? await digestsOf(source, (table) => meter.rows('checking', table))
    : await copyAll(source, target, started, meter);
  const found = await digestsOf(target, (table) => meter.rows('verifying', table));
  for (const [table, digest] of digests) {
    if (digest.isEqualTo(found.get(table)!)) continue;
    if (isSame) throw targetHoldsData(target.description, table);
    throw differs(target.description, table, digest, found.get(table)!);
  }
  if (!isSame) await target.finish(await source.lastNumbers());
  const resumed = Object.values(started?.tables ?? {}).reduce((sum, { rows }) => sum + rows, 0);
  return {
    ...{ from: source.description, to: target.description, outcome: isSame ? 'same' : 'copied', resumed },
    tables: [...digests].map(([table, { rows, checksum }]) => ({ table, rows, checksum })),
  };
}

async function begin(source: CopySource, target: CopyTarget): Promise<void> {
  const { isInUse } = await target.begin({ source: source.description, tables: {} });
  // A server that started before the mark was set may have written to the target after the first check.
  if (!isInUse && (await isEmpty(target))) return;
  await target.abandon();
  throw targetInUse(target.description);
}

async function isEmpty(target: CopyTarget): Promise<boolean> {
  for (const table of copiedTables) if ((await target.rows(table, undefined)).length > 0) return false;
  return true;
}

async function copyAll(
  source: CopySource,
  target: CopyTarget,
  started: CopyProgress | undefined,
  meter: Meter,
): Promise<Digests> {
  const digests = new Map<string, Digest>();
  const tables: Record<string, TableProgress> = { ...started?.tables };
  for (const table of copiedTables) {
    const before = tables[table.name];
    const digest = before ? await digestAgain(source, table, before, meter) : Digest.empty();
    digests.set(table.name, digest);
    let after = before && decodeValues(before.lastKey);
    for (;;) {
      const rows = await source.rows(table, after);
      if (rows.length === 0) break;
      for (const row of rows) digest.add(row);
      after = keyOf(table, rows.at(-1)!);
      tables[table.name] = { rows: digest.rows, checksum: digest.checksum, lastKey: encodeValues(after) };
      await target.add(table, rows, { source: source.description, tables });
      meter.rows('copying', table)(rows.length);
    }
  }
  return digests;
}

/** The digest of the rows that an interrupted run copied. @throws CopyError if the source no longer has the same rows */
async function digestAgain(
  source: CopySource,
  table: CopiedTable,
  before: TableProgress,
  meter: Meter,
): Promise<Digest> {
  const digest = Digest.empty();
  let last: Row | undefined;
  while (digest.rows < before.rows) {
    const rows = (await source.rows(table, last)).slice(0, before.rows - digest.rows);
    if (rows.length === 0) break;
    for (const row of rows) digest.add(row);
    last = keyOf(table, rows.at(-1)!);
    meter.rows('checking', table)(rows.length);
  }
  if (!digest.isEqualTo(before)) throw sourceChanged(source.description, table.name);
  return digest;
}

async function digestsOf(
  side: CopySource,
  meter: (table: CopiedTable) => (rows: number) => void,
): Promise<Digests> {
  const digests = new Map<string, Digest>();
  for (const table of copiedTables) {
    const digest = Digest.empty();
    let rows = await side.rows(table, undefined);
    while (rows.length > 0) {
      for (const row of rows) digest.add(row);
      meter(table)(rows.length);
      rows = await side.rows(table, keyOf(table, rows.at(-1)!));
    }
    digests.set(table.name, digest);
  }
  return digests;
}

function keyOf({ key, columns }: CopiedTable, row: Row): Row {
  return key.map((name) => row[columns.findIndex(([column]) => column === name)]!);
}

interface Meter {
  /** Adds rows to the progress. */
  rows(doing: CopyStep['doing'], table: CopiedTable): (count: number) => void;
}

async function meterOf(source: CopySource, report: (step: CopyStep) => void): Promise<Meter> {
  let total = 0;
  for (const table of copiedTables) total += 2 * (await source.count(table));
  let done = 0;
  return {
    rows: (doing, table) => (count) => {
      done += count;
      report({ doing, table: table.name, done, total });
    },
  };
}
