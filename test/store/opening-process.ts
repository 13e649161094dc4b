/** Started by opening-race.test.ts: says when it is ready, then opens the database DATABASE when it is told to. */
import { once } from 'node:events';
import { openStore } from '../../src/store/index.js';

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const store = await openStore(process.env['DATABASE'] ?? '');
process.stdout.write(`${await store.nextNumber('opened')}\n`);
await store.close();
process.exit();
