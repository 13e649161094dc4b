// Compares the server's CPU time for one download with that of its bare cryptography, in the same process and the same run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contents } from './bare-cryptography.js';
import { downloadAll, startLab } from './lab.js';

const downloads = Number(process.argv[2] ?? 1000);
/** Downloads before the measurement. Without them, the CPU time would include much work of V8's compilers. */
const warmUp = 2000;
const parallel = 8;
const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-bench-'));

async function measure(tls) {
  const lab = await startLab(folder, tls);
  const codes = await lab.codes(warmUp + downloads);
  const devices = lab.devices(parallel);
  const run = (count) => downloadAll(lab, devices, count, () => codes.pop());
  await run(warmUp);
  const before = await lab.cpu();
  await run(downloads);
  const perDownload = ((await lab.cpu()) - before) / downloads;
  const { rss } = await lab.ask({ ask: 'cpu' });
  const { milliseconds: bare } = await lab.ask({ ask: 'bare', count: downloads });
  lab.close();
  return { tls, perDownload, bare, ratio: perDownload / bare, rss };
}

try {
  console.log(`${downloads} downloads over ${parallel} connections, after ${warmUp} to warm up`);
  console.log(`bare cryptography: ${contents}\n`);
  for (const tls of [false, true]) {
    const { perDownload, bare, ratio, rss } = await measure(tls);
    console.log(
      `${tls ? 'TLS  ' : 'plain'}  server ${perDownload.toFixed(2)} ms, bare cryptography ${bare.toFixed(2)} ms: ` +
        `ratio ${ratio.toFixed(2)}  (resident ${Math.round(rss / 2 ** 20)} MB)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
