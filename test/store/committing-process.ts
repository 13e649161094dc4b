/**
 * Started by crash.test.ts: commits to the database DATABASE without end, and prints the number of each commit that
 * was acknowledged.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/index.js';
import { entry, iccid, made, notification } from './samples.js';

const store = await openStore(process.env['DATABASE'] ?? '');
const [known] = await store.profilesByIccid(iccid(1));
const { id, version: first } = known ?? (await made(store));

for (let version = first; ; version++) {
  const state = version % 2 === 0 ? 'Released' : 'Downloaded';
  const event = notification({ profileId: id, key: `event ${version}` });
  const done = await store.commit([
    { kind: 'recordNotification', notification: event },
    { kind: 'updateProfile', id, version, set: { state, label: String(version) }, history: entry },
  ]);
  if (!done) throw new Error(`commit ${version} was refused`);
  writeSync(1, `${version}\n`);
}
