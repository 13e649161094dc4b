import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Only the contrast depends on the theme, and it costs as much as all the other rules together. */
const contrastOnly = { runOnly: { type: 'rule', values: ['color-contrast'] } };
const allRules = { runOnly: tags };
const allButContrast = { ...allRules, rules: { 'color-contrast': { enabled: false } } };

/** How a page looks beside light, wide and English. */
export type Variant = 'dark' | 'german' | 'narrow';

/**
 * Checks a page against WCAG 2.2 AA with axe, as it is and in the given variants. `narrow` shows it in German on a screen 390 pixels
 * wide, where nothing may stick out of it; `german` runs axe there too. Leaves the page wide, light and in English.
 */
export async function expectAccessible(page: Page, variants: readonly Variant[] = []): Promise<void> {
  await page.evaluate(`globalThis.axe || (() => { ${axe.source} })()`);
  const found = await violations(page, 'light', allRules);
  if (variants.includes('dark')) {
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(...(await violations(page, 'dark', contrastOnly)));
    await page.emulateMedia({ colorScheme: 'light' });
  }
  if (variants.includes('german') || variants.includes('narrow'))
    found.push(...(await narrowViolations(page, variants.includes('german'))));
  expect(found).toEqual([]);
}

/** What is wrong with the page in German on a screen 390 pixels wide. */
async function narrowViolations(page: Page, withAxe: boolean): Promise<string[]> {
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await speak(page, 'de');
  const found = withAxe ? await violations(page, 'German', allButContrast) : [];
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  if (width > 390) found.push(`German: the page is ${width} pixels wide`);
  await speak(page, 'en');
  await page.setViewportSize(wide);
  return found;
}

/** Changes the language as another tab of the browser would, which works with a dialog open too. */
async function speak(page: Page, language: 'en' | 'de'): Promise<void> {
  await page.evaluate(
    `localStorage.setItem('mock-smdp.language', '${language}');
     dispatchEvent(new StorageEvent('storage', { key: 'mock-smdp.language' }))`,
  );
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
}

async function violations(page: Page, variant: string, rules: object): Promise<string[]> {
  const options = JSON.stringify({ ...rules, resultTypes: ['violations'] });
  const { violations: found } = await page.evaluate<axe.AxeResults>(`axe.run(document, ${options})`);
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${variant} ${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
