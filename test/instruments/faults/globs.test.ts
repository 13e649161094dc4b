import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import { matcherOf } from '../../../src/instruments/faults/rules/matching.js';

/** Whether a rule for `pattern` matches a device that asks for `matchingId`. */
async function isMeant(pattern: string, matchingId: string): Promise<boolean> {
  const exchange = new Exchange('ES9+', 'authenticateClient');
  await exchange.learn({ matchingId });
  return matcherOf({ matchingId: pattern })(exchange);
}

describe('a pattern in a fault rule', () => {
  it.each([
    ['A', 'A', true],
    ['A', 'AA', false],
    ['*', '', true],
    ['*', 'anything\nat all', true],
    ['A*', 'A', true],
    ['A*', 'BA', false],
    ['*B', 'AB', true],
    ['A*B', 'AB', true],
    ['AB*BC', 'ABC', false],
    ['AB*BC', 'ABBC', true],
    ['*A*A*', 'A', false],
    ['**', 'A', true],
    ['A.C', 'ABC', false],
    ['[A]+', '[A]+', true],
  ])('%j is for %j: %j', async (pattern, matchingId, expected) => {
    expect(await isMeant(pattern, matchingId)).toBe(expected);
  });

  it('means what the regular expression means', async () => {
    const text = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(text('AB*'), text('AB'), async (pattern, matchingId) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's');
        expect(await isMeant(pattern, matchingId)).toBe(expression.test(matchingId));
      }),
    );
  });

  it('is soon done with where nothing matches it', async () => {
    expect(await isMeant('*A*A*A*A*A*B', 'A'.repeat(200))).toBe(false);
    expect(await isMeant(`${'*A'.repeat(120)}*B`, 'A'.repeat(100_000))).toBe(false);
  });
});
