import type { Page } from 'playwright-core';
import { expectAccessible } from '../support/axe.js';
import type { ConsoleFrame } from '../support/console.js';

/** A view of the console: where it is, a text that shows that it is there, and what to do before. */
export interface View {
  readonly name: string;
  readonly path: string;
  /** Waited for, after `reach`. */
  readonly shows: string | RegExp;
  readonly reach?: (page: Page) => Promise<unknown>;
}

export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
export const click = (name: string | RegExp) => (page: Page) => button(page, name).first().click();

/** Opens a view of a full server, and checks it with axe. */
export async function expectAccessibleView(
  { open }: ConsoleFrame,
  { path, reach, shows }: View,
): Promise<void> {
  const page = await open(path);
  await reach?.(page);
  await page.getByText(shows).first().waitFor();
  // What is reached by steps shows parts that another view has in the dark and on a narrow screen.
  await expectAccessible(page, reach ? [] : ['dark', 'narrow']);
}
