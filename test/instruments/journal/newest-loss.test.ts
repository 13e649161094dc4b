import { expect, it } from 'vitest';
import { Losses } from '../../../src/instruments/journal/losses.js';

it('keeps the newest loss, whatever the order in which losses are noted', () => {
  const losses = new Losses();
  losses.add({ id: 12, at: 120 });
  losses.add({ id: 8, at: 80 });
  expect(losses.in({ after: 10 })).toEqual({ id: 12, at: 120 });
  losses.forgiveIn('one', 12);
  expect(losses.in({}, 'one')).toBeUndefined();
});
