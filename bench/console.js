// Measures the console's overview in Chromium, with 100,000 profiles in the database and devices that download: long tasks and memory
// of the page, memory of the server, and whether the page shows the counts of the API. console.js [seconds] [downloads a second] [profiles]
import { fork, spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { eid, writeManifest } from './eids.js';

const [seconds = 600, rate = 50, profiles = 100_000] = process.argv.slice(2).map(Number);
/** Seconds in which the page loads. Only long tasks after this time count. */
const settling = 10;
const folder = mkdtempSync(join(tmpdir(), 'mock-smdp-bench-'));
const path = (name) => join(folder, name);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const number = (value) => Math.round(value).toLocaleString('en');
const megabytes = (octets) => `${(octets / 2 ** 20).toFixed(1)} MB`;

const child = fork(here('server-process.js'), {
  env: {
    ...process.env,
    ...{ SMDP_PORT: '0', SMDP_ADMIN_PORT: '0', SMDP_TLS: 'off', SMDP_SEED: 'none' },
    ...{ SMDP_CERTS: path('certs'), SMDP_DATABASE: path('bench.db') },
  },
});
const answer = () => new Promise((resolve) => child.once('message', resolve));
const { address, operatorUrl } = await answer();
const serverMemory = async () => {
  child.send({ ask: 'cpu' });
  return (await answer()).rss;
};

await writeManifest(path('eids.csv'), profiles);
const imported = await fetch(`${operatorUrl}/api/v1/manifests?pool=bench`, {
  method: 'POST',
  headers: { 'Content-Type': 'text/csv' },
  body: Readable.toWeb(createReadStream(path('eids.csv'))),
  duplex: 'half',
});
if (!imported.ok) throw new Error(await imported.text());

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const page = await browser.newPage({ locale: 'en' });
const errors = [];
page.on('pageerror', (error) => errors.push(error.message));
await page.addInitScript(() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask' });
});
await page.goto(operatorUrl);
await page.getByText('Live', { exact: true }).waitFor();
const inspector = await page.context().newCDPSession(page);
const pageMemory = async () => {
  await inspector.send('HeapProfiler.collectGarbage');
  const { usedSize } = await inspector.send('Runtime.getHeapUsage');
  return usedSize;
};
const shownCounts = () =>
  page.evaluate(() =>
    [...document.querySelectorAll('.figures li')].map(({ textContent }) => textContent.trim()),
  );
const totals = async () => (await (await fetch(`${operatorUrl}/api/v1/statistics`)).json()).profiles;

// Each device finds its own order by its EID.
const devices = Math.min(profiles, Math.ceil(rate * seconds));
await writeManifest(path('devices.csv'), devices);
const fleet = spawn(
  'nice',
  [
    ...['-n', '5', process.execPath, here('../dist/bundle/main.js'), 'fleet', '--json'],
    ...['--manifest', path('devices.csv'), '--to', address, '--certs', path('certs')],
    ...['--no-tls', '--rate', `${rate}/s`, '--in-flight', '60'],
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
fleet.stdout.pipe(createWriteStream(path('fleet.json')));
const ended = new Promise((resolve) => fleet.once('exit', resolve));

await pause(settling * 1_000);
const from = await page.evaluate(() => performance.now());
const begun = await totals();
const began = performance.now();
console.log(`${number(profiles)} profiles, ${rate} downloads a second wanted, first profile ${eid(0)}`);
const line = async () => {
  const [shown, api, memory, server] = [
    await shownCounts(),
    await totals(),
    await pageMemory(),
    await serverMemory(),
  ];
  const elapsed = (performance.now() - began) / 1_000;
  console.log(
    `${number(elapsed)} s  ${((api.byState.Installed - begun.byState.Installed) / elapsed).toFixed(1)} a second, ` +
      `page ${megabytes(memory)}, server ${megabytes(server)}, page says ${shown.join(' | ')}, API says ${number(api.total)} and ${number(api.byState.Installed)} installed`,
  );
};
while (performance.now() - began < seconds * 1_000) {
  await pause(Math.min(30_000, (seconds * 1_000) / 3));
  await line();
}
fleet.kill('SIGINT');
await ended;
const tasks = await page.evaluate(
  (since) => window.longTasks.filter(({ startTime }) => startTime > since),
  from,
);
const tooLong = tasks.filter(({ duration }) => duration > 100);
await pause(8_000);
await line();
const states = await page.evaluate(() =>
  Object.fromEntries(
    [...document.querySelectorAll('a[href*="state="]')].map((link) => [
      new URL(link.href).searchParams.get('state'),
      link.querySelector('.number').textContent.replace(/\D/g, ''),
    ]),
  ),
);
const { byState } = await totals();
const wrong = Object.entries(states).filter(([state, count]) => Number(count) !== byState[state]);
console.log(
  `tasks over 50 ms: ${tasks.length}, over 100 ms: ${tooLong.length} (longest ${number(Math.max(0, ...tasks.map(({ duration }) => duration)))} ms)`,
);
console.log(
  wrong.length === 0
    ? 'The page shows the counts of the API.'
    : `Wrong counts: ${JSON.stringify({ states, byState })}`,
);
if (errors.length > 0) console.log(`Errors of the page: ${errors.join('; ')}`);
await browser.close();
child.send({ ask: 'stop' });
await new Promise((resolve) => child.once('exit', resolve));
rmSync(folder, { recursive: true, force: true });
process.exitCode = wrong.length > 0 || errors.length > 0 ? 1 : 0;
