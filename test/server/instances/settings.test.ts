import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../../src/server/index.js';
import { freshSchema, withoutPostgres } from '../../support/postgres/index.js';
import { call, initiate, startInstances } from './support.js';

const rule = { function: 'initiateAuthentication', httpStatus: 418 };

let servers: readonly RunningServer[];
let one: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  if (withoutPostgres !== undefined) return;
  servers = await startInstances(3);
  [one, other] = servers as [RunningServer, RunningServer];
}, 240_000);

/** Adds a rule at one instance. @returns its path */
const added = async (given: object): Promise<string> =>
  `/faults/${String((await call(one, 'POST', '/faults', given))['id'])}`;

describe.skipIf(withoutPostgres !== undefined)(withoutPostgres ?? 'what testers set at one instance', () => {
  beforeEach(() => call(other, 'POST', '/reset', {}));

  it('acts at all of them: a fault rule', async () => {
    const path = await added(rule);
    expect(await initiate(other)).toBe('418');
    expect(await initiate(one)).toBe('418');
    expect(await call(other, 'GET', path)).toMatchObject({ matched: 2, hits: 2 });
    expect(await call(other, 'DELETE', path)).toMatchObject({ statusCode: 204 });
    expect(await initiate(one)).not.toBe('418');
    expect(await call(one, 'GET', '/faults')).toMatchObject({ items: [] });
  });

  it('acts as often as its rule says, over all of them', async () => {
    const path = await added({ ...rule, times: 4 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => initiate(servers[index % servers.length]!)),
    );
    expect(answers.filter((status) => status === '418')).toHaveLength(4);
    expect(await call(servers[1]!, 'GET', path)).toMatchObject({ matched: 30, hits: 4, spent: true });
  });

  it('acts on the nth request, at whichever instance it arrives', async () => {
    await added({ ...rule, nth: 3 });
    const answers: string[] = [];
    for (const server of [one, other, one, other]) answers.push(await initiate(server));
    expect(answers.map((status) => status === '418')).toEqual([false, false, true, false]);
  });

  it('gives back what a rule did not use', async () => {
    const edit = { edit: { 'serverSigned1.serverAddress': 'elsewhere.example.com' }, times: 1 };
    const path = await added(edit);
    // The request is refused before there is anything to edit.
    await initiate(one);
    await expect
      .poll(() => call(other, 'GET', path), { timeout: 10_000 })
      .toMatchObject({ matched: 1, hits: 0, spent: false });
  });

  it('holds at all of them: clock, conduct and address', async () => {
    await call(one, 'PUT', '/clock', { now: '2031-01-02T03:04:05Z', frozen: true });
    expect(await call(other, 'GET', '/clock')).toMatchObject({
      now: '2031-01-02T03:04:05.000Z',
      frozen: true,
    });
    await call(other, 'PUT', '/clock', { advance: { hours: 1 } });
    expect(await call(one, 'GET', '/clock')).toMatchObject({ now: '2031-01-02T04:04:05.000Z' });
    await call(other, 'PUT', '/conduct', { conduct: 'strict' });
    expect(await call(one, 'GET', '/conduct')).toMatchObject({ conduct: 'strict' });
    await call(one, 'PUT', '/address', { address: 'localhost:9443' });
    expect(await call(other, 'GET', '/address')).toMatchObject({ address: 'localhost:9443' });
  });

  it('is undone at all of them by a reset', async () => {
    await added(rule);
    await call(one, 'PUT', '/clock', { frozen: true });
    await call(one, 'PUT', '/conduct', { conduct: 'hostile' });
    await call(other, 'POST', '/reset', {});
    expect(await call(one, 'GET', '/faults')).toMatchObject({ items: [] });
    expect(await call(one, 'GET', '/clock')).toMatchObject({ frozen: false, ahead: 0 });
    expect(await call(one, 'GET', '/conduct')).toMatchObject({ conduct: 'polite' });
  });

  it('gives the outcomes of a rule in order, and moves scenarios, at whichever instance requests arrive', async () => {
    const outcomes = [{ httpStatus: 500, repeat: 2 }, { httpStatus: 503 }];
    const path = await added({ function: 'initiateAuthentication', outcomes, atEnd: 'off' });
    await added({ ...rule, scenario: 'shop', requiredState: 'closed' });
    const answers: string[] = [];
    for (const server of servers) answers.push(await initiate(server));
    expect(answers).toEqual(['500', '500', '503']);
    expect(await call(other, 'GET', path)).toMatchObject({ outcomesGiven: [2, 1], spent: true });
    await call(one, 'PUT', '/faults/scenarios/shop', { state: 'closed' });
    expect(await initiate(other)).toBe('418');
    expect(await call(other, 'DELETE', '/faults/scenarios/shop')).toMatchObject({ statusCode: 204 });
    expect(await initiate(one)).not.toBe('418');
  });

  it('is what a seed says, at all of them: clock and conduct', async () => {
    const text = 'clock: { now: 2031-05-01T12:00:00Z, frozen: true }\nconduct: strict\n';
    await call(one, 'POST', '/seed', { text });
    expect(await call(other, 'GET', '/clock')).toMatchObject({
      now: '2031-05-01T12:00:00.000Z',
      frozen: true,
    });
    expect(await call(other, 'GET', '/conduct')).toMatchObject({ conduct: 'strict' });
  });

  it('gives each of many concurrent requests one outcome, over all of them', async () => {
    const outcomes = [{ httpStatus: 418, repeat: 7 }, { real: true }];
    const path = await added({ function: 'initiateAuthentication', outcomes });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, number) => initiate(number % 2 === 0 ? one : other)),
    );
    expect(statuses.filter((status) => status === '418')).toHaveLength(7);
    expect(await call(one, 'GET', path)).toMatchObject({ outcomesGiven: [7, 13] });
  });

  it('acts once on a request, though the rules are read anew while it acts', async () => {
    const path = await added({ function: 'authenticateClient', delay: 1000 });
    const { activationCode } = await call(one, 'POST', '/profiles', {});
    const { name } = await call(one, 'POST', '/devices', {});
    const download = call(one, 'POST', `/devices/${String(name)}/download?wait=true`, { activationCode });
    await expect.poll(() => call(other, 'GET', path), { timeout: 10_000 }).toMatchObject({ matched: 1 });
    await call(one, 'GET', '/faults');
    expect(await download).toMatchObject({ state: 'done' });
    expect(await call(other, 'GET', path)).toMatchObject({ matched: 1, hits: 1 });
  });

  it('reaches an instance that starts later, and ends with the last one', async () => {
    const database = await freshSchema();
    const [one] = await startInstances(1, { database });
    await call(one!, 'POST', '/faults', rule);
    const [later] = await startInstances(1, { database });
    expect(await initiate(later!)).toBe('418');
    await one!.close();
    expect(await initiate(later!)).toBe('418');
    await later!.close();
    const [last] = await startInstances(1, { database });
    expect(await initiate(last!)).not.toBe('418');
  });

  it('gives instances with one random seed different TransactionIds', async () => {
    const [one, other] = await startInstances(2, { randomSeed: 'same' });
    const idAt = async (server: typeof one): Promise<unknown> =>
      (await call(server!, 'POST', '/profiles', {}))['matchingId'];
    expect(await idAt(one)).not.toBe(await idAt(other));
  });
});
