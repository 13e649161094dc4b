/**
 * Started by crash.test.ts: imports EIDs without end into the database DATABASE, up to the row ROWS, and prints how many
 * there are so far.
 */
import { writeSync } from 'node:fs';
import { systemRandom } from '../../src/base/random.js';
import { ProfileTypes } from '../../src/orders/index.js';
import { preload } from '../../src/manifests/preload/index.js';
import { openStore } from '../../src/store/index.js';
import { eid } from './support/files.js';

const store = await openStore(process.env['DATABASE'] ?? '');
const clock = { now: () => new Date() };
const profileTypes = new ProfileTypes({ store, clock, smdp: { address: 'localhost' } });
const rows = Number(process.env['ROWS']);

async function* file(): AsyncGenerator<Buffer, void> {
  yield Buffer.from('eid\n');
  for (let number = 0; number < rows; number += 1000)
    yield Buffer.from(Array.from({ length: 1000 }, (_, index) => `${eid(number + index)}\n`).join(''));
}

for await (const event of preload({ store, clock, profileTypes, random: systemRandom }, file())) {
  if (event.kind === 'progress') writeSync(1, `${event.counts.rows}\n`);
  if (event.kind === 'done') writeSync(1, `done\n`);
}
