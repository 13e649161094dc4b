import { expect, it } from 'vitest';
import { Exchange } from '../../../src/instruments/exchanges/index.js';

it.each([
  ['ES9+', 'smds', 'ES11'],
  ['ES11', 'smdp', 'ES9+'],
  ['ES9+', 'smdp', 'ES9+'],
] as const)('on a path of %s, the role %s speaks %s once it is known', async (path, role, spoken) => {
  const exchange = new Exchange(path, 'authenticateClient');
  expect(exchange.interfaceName).toBe(path);
  await exchange.learn({ role });
  expect(exchange.interfaceName).toBe(spoken);
});
