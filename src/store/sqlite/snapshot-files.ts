import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedSnapshotName, type Snapshot } from '../reset-and-snapshots.js';
import { makePrivateFile } from './private-file.js';

const extension = '.snapshot';
const extensionOfDrafts = '.draft';
/** Age in milliseconds from which a draft counts as abandoned: the process that wrote it must have been killed. */
const abandonedAfter = 3_600_000;

/** Snapshots as files next to the database. For a database in memory, the files are in a temporary folder. */
export class SnapshotFiles {
  readonly #isTemporary: boolean;
  #folder: string | undefined;
  #drafts = 0;

  constructor(place: string) {
    this.#isTemporary = place === ':memory:';
    if (!this.#isTemporary) this.#folder = `${place}.snapshots`;
  }

  /**
   * Lets `write` fill an empty file that only this user may read. The file then replaces an earlier snapshot with the
   * same name.
   */
  async save(name: string, write: (draft: string) => Promise<void>): Promise<Snapshot> {
    const path = this.#pathOf(name);
    mkdirSync(this.#ownFolder(), { recursive: true, mode: 0o700 });
    this.#removeAbandonedDrafts();
    const draft = `${path}.${process.pid}-${++this.#drafts}${extensionOfDrafts}`;
    rmSync(draft, { force: true });
    makePrivateFile(draft);
    try {
      await write(draft);
      renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    return snapshotIn(path, name);
  }

  /** The path of the snapshot, if it exists. @throws RangeError for an invalid name */
  find(name: string): string | undefined {
    const path = this.#pathOf(name);
    return existsSync(path) ? path : undefined;
  }

  list(): readonly Snapshot[] {
    const folder = this.#folder;
    return filesIn(folder, extension).map((file) =>
      snapshotIn(join(folder!, file), file.slice(0, -extension.length)),
    );
  }

  delete(name: string): boolean {
    const path = this.find(name);
    if (path !== undefined) rmSync(path);
    return path !== undefined;
  }

  /** Removes the snapshots of a database in memory. */
  close(): void {
    if (this.#isTemporary && this.#folder !== undefined)
      rmSync(this.#folder, { recursive: true, force: true });
  }

  #removeAbandonedDrafts(): void {
    const folder = this.#folder;
    for (const file of filesIn(folder, extensionOfDrafts)) {
      const path = join(folder!, file);
      const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
      if (mtimeMs !== undefined && mtimeMs < Date.now() - abandonedAfter) rmSync(path, { force: true });
    }
  }

  #pathOf(name: string): string {
    return join(this.#ownFolder(), `${checkedSnapshotName(name)}${extension}`);
  }

  #ownFolder(): string {
    return (this.#folder ??= mkdtempSync(join(tmpdir(), 'mock-smdp-snapshots-')));
  }
}

const filesIn = (folder: string | undefined, ending: string): readonly string[] =>
  folder === undefined || !existsSync(folder)
    ? []
    : readdirSync(folder)
        .filter((file) => file.endsWith(ending))
        .sort();

const snapshotIn = (path: string, name: string): Snapshot => ({
  name,
  takenAt: Math.floor(statSync(path).mtimeMs),
});
