// Compares the server's CPU time for one download in two cases, in the same process and run: all devices share one code, or each download
// has its own code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAll, startLab } from './lab.js';

const downloads = Number(process.argv[2] ?? 1000);
const warmUp = 2000;
/** The two cases take turns, so that other load on the machine affects both alike. */
const turns = 5;
const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-bench-'));

async function cost(lab, devices, next) {
  const count = Math.ceil(downloads / turns);
  const before = await lab.cpu();
  await downloadAll(lab, devices, count, next);
  return ((await lab.cpu()) - before) / count;
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

try {
  const lab = await startLab(folder, false);
  console.log(`${downloads} downloads of each kind, after ${warmUp} to warm up`);
  const all = lab.devices(32);
  const warming = await lab.codes(warmUp);
  await downloadAll(lab, all.slice(0, 8), warmUp, () => warming.pop());
  for (const count of [1, 8, 32]) {
    const devices = all.slice(0, count);
    const own = await lab.codes(downloads + turns);
    const [shared] = await lab.codes(1, { reuse: 'unlimited' });
    const costs = { own: [], shared: [] };
    for (let turn = 0; turn < turns; turn++) {
      costs.own.push(await cost(lab, devices, () => own.pop()));
      costs.shared.push(await cost(lab, devices, () => shared));
    }
    const [one, other] = [median(costs.own), median(costs.shared)];
    console.log(
      `${String(count).padStart(2)} at once  own codes ${one.toFixed(2)} ms, one unlimited code ${other.toFixed(2)} ms: ratio ${(other / one).toFixed(2)}`,
    );
  }
  lab.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
