import { expect, it, vi } from 'vitest';
import { Exchange, type Facts } from '../../../src/instruments/exchanges/index.js';
import { Journal, NamespaceJournal } from '../../../src/instruments/journal/index.js';

const eid = '89049032000000000000000000000001';
const answer = { status: 200, headers: {}, body: Buffer.alloc(0) };

const journalOf = (count = 1000): Journal => new Journal({ clock: { now: () => new Date() }, count });

async function happen(journal: Journal, functionName: string, facts: Facts = {}): Promise<void> {
  const exchange = new Exchange('ES9+', functionName);
  await exchange.learn(facts);
  journal.ended(exchange, answer);
}

it('counts what was there, and what comes', async () => {
  const journal = journalOf();
  await happen(journal, 'authenticateClient', { eid });
  const tally = await journal.tally({ eid });
  await happen(journal, 'handleNotification', { eid });
  await happen(journal, 'handleNotification', { eid: eid.replace('1', '2') });

  expect(tally.count).toBe(2);
  expect(tally.exchanges).toEqual(journal.exchanges({ eid }));
  tally.end();
  await happen(journal, 'handleNotification', { eid });
  expect(tally.count).toBe(2);
});

it('reads the journal at the beginning only, however much comes', async () => {
  const journal = journalOf(100);
  for (let at = 0; at < 100; at++) await happen(journal, 'initiateAuthentication');
  const reads = vi.spyOn(journal, 'entries');
  const tally = await journal.tally({ function: 'handleNotification' });
  for (let at = 0; at < 100; at++) await happen(journal, 'handleNotification');

  expect(tally.count).toBe(100);
  expect(reads).toHaveBeenCalledTimes(1);
});

it('examines only new exchanges, each once', async () => {
  const journal = journalOf();
  for (let at = 0; at < 50; at++)
    await happen(journal, 'initiateAuthentication', { transactionId: `0${at % 2}` });
  const isMeant = vi.fn(() => true);
  const tally = await journal.tally({}, isMeant);
  expect(isMeant).toHaveBeenCalledTimes(50);
  await happen(journal, 'initiateAuthentication');
  expect(isMeant).toHaveBeenCalledTimes(51);
  expect(tally.count).toBe(51);
});

it('counts earlier steps of a session as soon as its device is known', async () => {
  const journal = journalOf();
  const tally = await journal.tally({ eid });
  await happen(journal, 'initiateAuthentication', { transactionId: '01' });
  expect(tally.count).toBe(0);
  await happen(journal, 'authenticateClient', { transactionId: '01', eid });
  expect(tally.count).toBe(2);
  expect(tally.exchanges.map(({ id }) => id)).toEqual([1, 2]);
});

it('no longer counts evicted or removed exchanges', async () => {
  const journal = journalOf(3);
  const tally = await journal.tally({ function: 'handleNotification' });
  for (let at = 0; at < 5; at++) await happen(journal, 'handleNotification');
  expect(tally.count).toBe(3);
  journal.remove({ after: 4 });
  expect(tally.count).toBe(2);
  journal.remove();
  expect(tally.count).toBe(0);
});

it('notifies only of changes of the count', async () => {
  const journal = journalOf();
  const tally = await journal.tally({ function: 'handleNotification' });
  const told = vi.fn();
  tally.onChange(told);
  await happen(journal, 'initiateAuthentication');
  expect(told).not.toHaveBeenCalled();
  await happen(journal, 'handleNotification');
  expect(told).toHaveBeenCalledTimes(1);
});

it('drops in one namespace what turns out to belong to another', async () => {
  const journal = journalOf();
  const tally = await new NamespaceJournal(journal, 'ONE').tally({ eid });
  await happen(journal, 'authenticateClient', { transactionId: '01', eid });
  expect(tally.count).toBe(1);
  await happen(journal, 'getBoundProfilePackage', { transactionId: '01', eid, namespace: 'TWO' });
  expect(tally.count).toBe(0);
});
