// Measures how long bare better-sqlite3 takes to insert the columns of preloaded profiles, with and without the indexes of the table.
// bench/manifest.js compares an import with this, and runs it in a separate process: bare-insert.js <file> <rows>
import Database from 'better-sqlite3';
import { iccidFromSequence } from '../dist/profiles/index.js';
import { openStore } from '../dist/store/index.js';
import { eid } from './eids.js';

const [file, rows] = [process.argv[2], Number(process.argv[3])];
const portion = 10_000;
const columns = `version, iccid, shared_iccid, profile_type, state, eid, matching_id, confirmation_code_attempts_left,
  reuse, created_at, updated_at`;

async function open(path, withIndexes) {
  await (await openStore(path)).close();
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -16384');
  if (!withIndexes) {
    const names = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'profiles'")
      .pluck();
    for (const name of names.all()) db.exec(`DROP INDEX "${name}"`);
  }
  return db;
}

async function measure(path, withIndexes) {
  const db = await open(path, withIndexes);
  const insert = db.prepare(
    `INSERT INTO profiles (${columns}) VALUES (1, ?, 0, ?, ?, ?, ?, 5, 'once', ?, ?)`,
  );
  const insertAll = db.transaction((profiles) => {
    for (const [iccid, eid] of profiles) insert.run(iccid, 'generic', 'Released', eid, '', 1, 1);
  });
  let milliseconds = 0;
  let cpu = 0;
  for (let from = 0; from < rows; from += portion) {
    const profiles = Array.from({ length: Math.min(portion, rows - from) }, (_, index) => [
      iccidFromSequence(from + index),
      eid(from + index),
    ]);
    const before = process.cpuUsage();
    const start = performance.now();
    insertAll(profiles);
    milliseconds += performance.now() - start;
    const used = process.cpuUsage(before);
    cpu += (used.user + used.system) / 1000;
  }
  db.close();
  return { milliseconds, cpu };
}

process.send({
  indexed: await measure(`${file}.indexed`, true),
  plain: await measure(`${file}.plain`, false),
});
process.disconnect();
