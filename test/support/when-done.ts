import { onTestFinished, TestRunner } from 'vitest';

const waiting: (() => unknown)[] = [];

/**
 * Has something put away once nobody needs it: after the test that made it, or, where it was made outside of tests (at the top of
 * a file, in `beforeAll`), after the test file. `afterAll` would do nothing when it is called in a test or a hook.
 */
export function whenDone(putAway: () => unknown): void {
  if (TestRunner.getCurrentTest() === undefined) waiting.push(putAway);
  else onTestFinished(async () => void (await putAway()));
}

/** Puts away what is still waiting for that, the newest first. */
export async function putAllAway(): Promise<void> {
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await next();
}
