import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { RunningServer } from '../../../src/server/index.js';
import { startForTest } from '../../server/support.js';
import { browserOfFile, noBrowser } from './chromium.js';

/** A server with the console, and a browser that looks at it. */
export interface ConsoleFrame {
  readonly server: RunningServer;
  /**
   * Opens a page of the console, or of another server's by its whole address. The test fails if the page asks another site for
   * anything, or writes an error to the console. Pages close after the test that opened them, and leave no cookie or setting behind.
   */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Calls the control API, and returns the JSON of its answer. */
  readonly call: <Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<Answer>;
}

/** Tests of the console in a browser; skipped with a reason where there is none. */
export function describeConsole(
  name: string,
  tests: (frame: ConsoleFrame) => void,
  flags: Parameters<typeof startForTest>[0] = {},
): void {
  const title = noBrowser === undefined ? name : `${name} (skipped: ${noBrowser})`;
  describe.skipIf(noBrowser !== undefined)(title, { timeout: 120_000 }, () => {
    let browser: Browser;
    let server: RunningServer;
    const complaints: string[] = [];
    /** By their options. A context keeps the browser's cache, with which a page opens twice as fast. */
    const contexts = new Map<string, BrowserContext>();
    beforeAll(async () => {
      [server, browser] = await Promise.all([startForTest(flags), browserOfFile()]);
    });
    afterEach(() => Promise.all([...contexts.values()].map(cleanUp)));
    afterAll(async () => {
      await Promise.all([...contexts.values()].map((context) => context.close()));
      await server?.close();
      expect(complaints).toEqual([]);
    });
    tests({
      get server() {
        return server;
      },
      async open(path, options = {}) {
        const key = JSON.stringify(options);
        const context =
          contexts.get(key) ??
          (await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options }));
        contexts.set(key, context);
        const page = await context.newPage();
        const url = new URL(path, server.operatorUrl);
        page.on('request', (request) => {
          if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url.origin)
            complaints.push(`${path} asks for ${request.url()}`);
        });
        page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
            complaints.push(`${path}: ${message.text()}`);
        });
        await page.goto(url.href);
        return page;
      },
      async call<Answer>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
        const answer = await server.control({ method, path, body });
        expect(answer.status, answer.body).toBeLessThan(300);
        return (answer.body === '' ? undefined : JSON.parse(answer.body)) as Answer;
      },
    });
  });
}

async function cleanUp(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) {
    await page.evaluate('localStorage.clear()');
    await page.close();
  }
  await context.clearCookies();
}
