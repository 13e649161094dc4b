/**
 * Started by rewriting.test.ts: restores the snapshots `few` and `many` of the database DATABASE in turn, without end, and
 * prints a line for each.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/index.js';

const store = await openStore(process.env['DATABASE'] ?? '');
for (;;)
  for (const name of ['few', 'many']) {
    if (!(await store.restoreSnapshot(name))) throw new Error(`there is no snapshot ${name}`);
    writeSync(1, `${name}\n`);
  }
