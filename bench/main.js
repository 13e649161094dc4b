// Server CPU of one download against the bare cost of its cryptography, both in the same process and the same run.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVirtualDevice, loadManufacturer, manufactureEuicc } from '../dist/device/index.js';
import { eidWithCheckDigits } from '../dist/rsp/index.js';
import { contents } from './bare-cryptography.js';
import { putLargeType } from './large-package.js';

const downloads = Number(process.argv[2] ?? 1000);
/** Before that many, a good part of what is measured is the compiler. */
const warmUp = 2000;
const parallel = 8;
const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-bench-'));

async function measure(tls) {
  const child = fork(fileURLToPath(new URL('server-process.js', import.meta.url)), {
    env: {
      ...process.env,
      SMDP_PORT: '0',
      SMDP_ADMIN_PORT: '0',
      SMDP_TLS: tls ? 'on' : 'off',
      SMDP_CERTS: join(folder, 'certs'),
      SMDP_DATABASE: join(folder, `${tls ? 'tls' : 'plain'}.db`),
      SMDP_SEED: 'none',
    },
  });
  const answer = () => new Promise((resolve) => child.once('message', resolve));
  const ask = (message) => {
    child.send(message);
    return answer();
  };
  const { address, operatorUrl } = await answer();

  const codes = await prepare(operatorUrl, warmUp + downloads);
  const devices = makeDevices(tls, parallel);
  const run = async (count) => {
    await Promise.all(
      devices.map(async (device) => {
        while (count-- > 0) {
          const result = await device.download({ smdpAddress: address, matchingId: codes.pop() });
          device.delete(result.iccid);
        }
      }),
    );
  };
  await run(warmUp);
  const before = (await ask({ ask: 'cpu' })).cpu;
  await run(downloads);
  const { cpu, rss } = await ask({ ask: 'cpu' });
  const { milliseconds: bare } = await ask({ ask: 'bare', count: downloads });
  devices.forEach((device) => device.close());
  child.send({ ask: 'stop' });

  const perDownload = (cpu.user + cpu.system - before.user - before.system) / 1000 / downloads;
  return { tls, perDownload, bare, ratio: perDownload / bare, rss };
}

async function prepare(operatorUrl, count) {
  const body = JSON.stringify({ profileType: await putLargeType(operatorUrl) });
  const headers = { 'Content-Type': 'application/json' };
  const codes = [];
  for (let i = 0; i < count; i++) {
    const response = await fetch(`${operatorUrl}/api/v1/profiles`, { method: 'POST', headers, body });
    codes.push((await response.json()).matchingId);
  }
  return codes;
}

function makeDevices(tls, count) {
  const manufacturer = loadManufacturer(join(folder, 'certs'));
  return Array.from({ length: count }, (_, index) =>
    createVirtualDevice({
      material: manufactureEuicc(
        manufacturer,
        eidWithCheckDigits(`890490320000000000000000${String(index).padStart(6, '0')}`),
      ),
      server: { tls, verifyTls: false },
    }),
  );
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
