import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { RunningServer } from '../../../src/server/index.js';
import { startForTest } from '../../server/support.js';
import { launchBrowser, noBrowser } from './chromium.js';

/** A server with the console, and a browser that looks at it. */
export interface ConsoleFrame {
  readonly server: RunningServer;
  /** Opens a page of the console, or of another server's by its whole address. The test fails if the page asks another site for anything, or writes an error to the console. */
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
    beforeAll(async () => {
      server = await startForTest(flags);
      browser = await launchBrowser();
    });
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      expect(complaints).toEqual([]);
    });
    tests({
      get server() {
        return server;
      },
      async open(path, options = {}) {
        const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
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

/** Checks a page against WCAG 2.2 AA with axe, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${colorScheme} ${id}: ${target.join(' ')}: ${failureSummary}`,
      ),
    );
    expect(found).toEqual([]);
  }
}
