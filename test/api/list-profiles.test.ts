import { describe, expect, test } from 'vitest';
import { Compile } from 'typebox/compile';
import { ProfileList } from '../../src/api/profiles/list.js';
import { testApi, type TestApi } from './support.js';

const eid = '89049032123451234512345678901235';

async function stock(): Promise<TestApi> {
  const api = await testApi();
  for (const request of [
    { label: 'a', pool: 'p', matchingId: 'A' },
    { label: 'b', eid, matchingId: '' },
    { label: 'c', state: 'Available' },
    { label: 'd', state: 'Confirmed', pool: 'p', profileType: 'Test' },
  ])
    await api.call('POST', '/profiles', request);
  return api;
}

const labels = async ({ call }: TestApi, query: string): Promise<(string | null)[]> => {
  const { status, body } = await call('GET', `/profiles${query}`);
  expect(status).toBe(200);
  expect(Compile(ProfileList).Check(body)).toBe(true);
  return body.items.map(({ label }) => label);
};

describe('GET /profiles', () => {
  test('lists all of them in the order in which they were made', async () => {
    expect(await labels(await stock(), '')).toEqual(['a', 'b', 'c', 'd']);
  });

  test.each([
    ['?state=Released', ['a', 'b']],
    ['?state=Available&state=Confirmed', ['c', 'd']],
    [`?eid=${eid}`, ['b']],
    ['?matchingId=A', ['a']],
    ['?matchingId=', ['b']],
    ['?pool=p', ['a', 'd']],
    ['?pool=p&state=Released', ['a']],
    ['?label=c', ['c']],
    ['?profileType=Test', ['d']],
    ['?iccid=8900101000000000019', ['a']],
    ['?iccid=8900101000000000019F', ['a']],
    ['?label=nobody', []],
  ])('%s finds %j', async (query, found) => {
    expect(await labels(await stock(), query)).toEqual(found);
  });

  test('goes on where the page before ended', async () => {
    const { call } = await stock();
    const pages: (string | null)[][] = [];
    let query = '?limit=3';
    for (;;) {
      const { body } = await call('GET', `/profiles${query}`);
      pages.push(body.items.map(({ label }) => label));
      if (body.next === undefined) break;
      query = `?limit=3&cursor=${body.next}`;
    }
    expect(pages).toEqual([['a', 'b', 'c'], ['d']]);
  });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?limit=many', 'limit'],
    ['?cursor=x', 'cursor'],
    ['?cursor=', 'cursor'],
    ['?state=Sold', 'state'],
    ['?stat=Released', 'stat'],
    ['?eid=1&eid=2', 'eid'],
  ])('%s is refused, and %s named', async (query, field) => {
    const { call } = await testApi();
    const { status, body } = await call('GET', `/profiles${query}`);
    expect(status).toBe(400);
    expect(body.errors[0]?.field).toBe(field);
  });
});
