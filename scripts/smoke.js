// Tries a built server with a download, a race for one code and an EID manifest: smoke.js <dist/bundle/index.js> <manifest.csv>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , bundle, manifest] = process.argv;
const { startMockSmdp } = await import(pathToFileURL(bundle).href);
const smdp = await startMockSmdp();

const { activationCode, iccid } = await smdp.profiles.create();
await smdp.device().download(activationCode);
assert.equal((await smdp.profiles.get(iccid)).state, 'Installed');

const contested = await smdp.profiles.create();
const devices = Array.from({ length: 8 }, () => smdp.device());
const attempts = await Promise.allSettled(devices.map((device) => device.download(contested.activationCode)));
assert.equal(attempts.filter(({ status }) => status === 'fulfilled').length, 1);

const imported = await smdp.manifests.import(readFileSync(manifest));
assert.ok(imported.added > 0);
assert.equal((await smdp.profiles.list()).items.length, imported.added + 2);

await smdp.close();
console.log(`Node ${process.version}: download, race and manifest (${imported.added} profiles) work.`);
