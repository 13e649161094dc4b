import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { whenDone } from '../../support/when-done.js';

/** Where Debian's packages put Chromium. The headless shell needs a third less CPU time. `CHROMIUM` names another browser. */
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const executable = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place)) ?? places[0]!;

/** Why tests with a browser are skipped; `undefined`: they run. In CI they always run, and fail where there is none. */
export const noBrowser =
  existsSync(executable) || process.env['CI'] !== undefined
    ? undefined
    : `there is no ${executable}: apt-get install chromium-headless-shell, or name a browser with CHROMIUM`;

let running: Promise<Browser> | undefined;

/** The browser of a test file: the first caller starts it, and it ends with the file. Call this outside of tests, in `beforeAll`. */
export function browserOfFile(): Promise<Browser> {
  running ??= launch();
  return running;
}

function launch(): Promise<Browser> {
  const browser = chromium.launch({
    executablePath: executable,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    ],
  });
  whenDone(async () => {
    running = undefined;
    await (await browser.catch(() => undefined))?.close();
  });
  return browser;
}
