// Compares the import of an EID manifest over the control API with bare better-sqlite3 inserts of the same columns. Also measures downloads
// by EID during and after an import, and look-ups in a small and in a large database. manifest.js [rows]
import { fork } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createVirtualDevice, loadManufacturer, manufactureEuicc } from '../dist/device/index.js';
import { openStore } from '../dist/store/index.js';
import { eid, writeManifest } from './eids.js';

const rows = Number(process.argv[2] ?? 1_000_000);
const few = 10_000;
/** Number of EIDs in a second manifest, which is imported while devices download. */
const further = Math.min(rows, 200_000);
const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-bench-'));
const path = (name) => join(folder, name);
const start = (module, args, env) =>
  fork(fileURLToPath(new URL(module, import.meta.url)), args, { env: { ...process.env, ...env } });
const messageOf = (child) => new Promise((resolve) => child.once('message', resolve));

async function startServer(database) {
  const child = start('server-process.js', [], {
    SMDP_PORT: '0',
    SMDP_ADMIN_PORT: '0',
    SMDP_TLS: 'off',
    SMDP_CERTS: path('certs'),
    SMDP_DATABASE: path(database),
    SMDP_SEED: 'none',
    SMDP_MANIFEST_LINES: '100000001',
  });
  const server = await messageOf(child);
  const ask = (message) => {
    child.send(message);
    return messageOf(child);
  };
  return { ...server, ask, stop: () => child.send({ ask: 'stop' }) };
}

async function importManifest({ operatorUrl }, file) {
  const answer = await fetch(`${operatorUrl}/api/v1/manifests`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: Readable.toWeb(createReadStream(file)),
    duplex: 'half',
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
}

function device(number) {
  return createVirtualDevice({
    material: manufactureEuicc(loadManufacturer(path('certs')), eid(number)),
    server: { tls: false, verifyTls: false },
  });
}

/** Runs downloads one after the other until `enough` returns true, and returns the milliseconds that each took, shortest first. */
async function downloads(address, orders, enough) {
  const times = [];
  for (const { number, matchingId } of orders) {
    if (enough(times.length)) break;
    const one = device(number);
    const before = performance.now();
    await one.download({ smdpAddress: address, matchingId });
    times.push(performance.now() - before);
    one.close();
  }
  return times.sort((a, b) => a - b);
}

async function codes({ operatorUrl }, count) {
  const orders = [];
  for (let number = 0; number < count; number++) {
    const answer = await fetch(`${operatorUrl}/api/v1/profiles`, { method: 'POST' });
    orders.push({ number: rows + number, matchingId: (await answer.json()).matchingId });
  }
  return orders;
}

const cpuOf = ({ cpu: { user, system } }) => (user + system) / 1000;

async function measureImport() {
  const server = await startServer('large.db');
  const orders = await codes(server, 400);
  await downloads(server.address, orders.splice(0, 20), () => false);
  const alone = await downloads(server.address, orders.splice(0, 50), () => false);

  const before = await server.ask({ ask: 'cpu' });
  const began = performance.now();
  await importManifest(server, path('large.csv'));
  const milliseconds = performance.now() - began;
  const after = await server.ask({ ask: 'cpu' });

  let isDone = false;
  const imported = importManifest(server, path('further.csv')).then(() => (isDone = true));
  const meanwhile = await downloads(server.address, orders, () => isDone);
  await imported;
  const byEid = Array.from({ length: 50 }, (_, index) => ({
    number: Math.floor((index * rows) / 50),
    matchingId: '',
  }));
  const later = await downloads(server.address, byEid, () => false);
  server.stop();
  return { milliseconds, cpu: cpuOf(after) - cpuOf(before), peak: after.peak, alone, meanwhile, later };
}

async function measureLookUps(databases, count) {
  const stores = await Promise.all(
    databases.map(async ([name, size]) => ({ size, store: await openStore(path(name)), milliseconds: 0 })),
  );
  for (let turn = 0; turn < 40; turn++) {
    for (const one of stores) {
      const wanted = Array.from({ length: count / 40 }, (_, index) =>
        eid(((turn * count + index) * 7919) % one.size),
      );
      const before = performance.now();
      for (const each of wanted) {
        const [profile] = await one.store.profilesForEid(each);
        if (!profile) throw new Error(`${each} is not found`);
      }
      // The first turns fill the caches.
      if (turn >= 20) one.milliseconds += performance.now() - before;
    }
  }
  for (const { store } of stores) await store.close();
  return stores.map(({ milliseconds }) => (milliseconds * 1000) / (count / 2));
}

const number = (value) => Math.round(value).toLocaleString('en');
const perSecond = (milliseconds) => number((rows * 1000) / milliseconds);
const times = (sorted) =>
  `median ${(sorted[Math.floor(sorted.length / 2)] ?? NaN).toFixed(1)} ms, worst ${(sorted.at(-1) ?? NaN).toFixed(1)} ms`;

try {
  await writeManifest(path('large.csv'), rows);
  await writeManifest(path('further.csv'), further, 2 * rows);
  await writeManifest(path('small.csv'), few);
  console.log(`\nmanifest of ${number(rows)} EIDs, ${number(statSync(path('large.csv')).size / 2 ** 20)} MB`);

  const { indexed, plain } = await messageOf(start('bare-insert.js', [path('bare.db'), String(rows)]));
  console.log(
    `bare insert  ${perSecond(indexed.milliseconds)} rows/s with indexes (${((indexed.cpu * 1000) / rows).toFixed(1)} us CPU), ` +
      `${perSecond(plain.milliseconds)} without`,
  );

  const { milliseconds, cpu, peak, alone, meanwhile, later } = await measureImport();
  console.log(
    `import       ${perSecond(milliseconds)} rows/s (${((cpu * 1000) / rows).toFixed(1)} us CPU): ` +
      `${(indexed.milliseconds / milliseconds).toFixed(2)} of that with indexes; resident at most ${number(peak / 2 ** 20)} MB`,
  );
  console.log(`download     ${times(alone)} before`);
  console.log(`             ${times(meanwhile)} during a further import`);
  console.log(`             ${times(later)} by EID from that database`);

  const server = await startServer('small.db');
  await importManifest(server, path('small.csv'));
  server.stop();
  const [small, large] = await measureLookUps(
    [
      ['small.db', few],
      ['large.db', rows],
    ],
    20_000,
  );
  console.log(
    `look-up      by EID ${small.toFixed(1)} us among ${number(few)}, ${large.toFixed(1)} us among ${number(rows)}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
