import { describe, expect, test } from 'vitest';
import { hasFewValues } from '../../src/api/http/json-size.js';
import { testApi } from './support.js';

describe('the values of a JSON text', () => {
  test.each([
    ['members', '{"a":1,"b":2,"c":3}', 3],
    ['elements', '[1,2,3,4]', 4],
    ['nested lists', '[[[[]]]]', 4],
    ['commas and brackets in strings', '{"a":"[,,,{","b":"\\",,,\\\\","c":"\\\\\\","}', 3],
    ['a string that never ends', '["a,,,,,,,,', 1],
    ['a backslash before the text', '[1]', 1],
  ])('are counted: %s', (_, text, values) => {
    expect(hasFewValues(text, values)).toBe(true);
    expect(hasFewValues(text, values - 1)).toBe(false);
  });
});

describe('a body with too many values is refused before it is read', () => {
  const many = Array.from({ length: 10_001 }, (_, index) => index);
  const members = Object.fromEntries(many.map((index) => [`x${index}`, index]));
  test.each([
    ['members', members],
    ['members of a member', { metadata: members }],
    ['elements', { profileType: many }],
    ['elements at the top', many],
  ])('%s', async (_, payload) => {
    const { app } = await testApi();
    const answer = await app.inject({ method: 'POST', url: '/api/v1/profiles', payload });
    expect(answer.statusCode).toBe(413);
    expect(answer.json<{ detail: string }>().detail).toContain('10000 members and elements');
  });

  test('lists within lists', async () => {
    const { app } = await testApi();
    const payload = '['.repeat(100_000) + ']'.repeat(100_000);
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/faults', payload, headers });
    expect(answer.statusCode).toBe(413);
  });
});

test('a list where an object belongs is called that', async () => {
  const { app } = await testApi();
  const payload = Array.from({ length: 30 }, () => ({}));
  const answer = await app.inject({ method: 'POST', url: '/api/v1/profiles', payload });
  const { errors } = answer.json<{ errors: { field: string }[] }>();
  expect(answer.statusCode).toBe(400);
  expect(errors.map(({ field }) => field)).toEqual(['body']);
});
