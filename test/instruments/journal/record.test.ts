import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../src/instruments/exchanges/index.js';
import {
  exchangeFrom,
  fromOctets,
  recordOf,
  toOctets,
  type ExchangeRecord,
} from '../../../src/instruments/exchanges/record.js';
import type { Profile } from '../../../src/store/index.js';
import { Refusal } from '../../../src/wire/rsp/index.js';

/** An exchange of which everything is known. */
async function fullExchange(): Promise<Exchange> {
  const exchange = new Exchange('ES9+', 'authenticateClient');
  await exchange.receive({ headers: { 'x-admin-protocol': 'gsma/rsp/v2.2.0' }, body: Buffer.from('{}') });
  await exchange.learn({ role: 'smds', eid: '8'.repeat(32), madeOnDemand: true, transactionId: 'AA' });
  exchange.check('5.6.3 (1)', 'the session exists', () => true);
  const refusal = new Refusal('8.2.6/3.8', 'it is refused — for a long reason', 'refused');
  try {
    exchange.check('5.6.3 (2)', 'the MatchingID is known', () => {
      throw refusal;
    });
  } catch {
    exchange.noteRefusal(refusal);
  }
  exchange.noteOrder({ id: 1, iccid: '89', state: 'Released', boundTransactionId: null } as Profile);
  exchange.noteStored({ orders: [], takenTransactionId: Buffer.of(1), binding: null });
  exchange.noteDeviation('5.3', 'it deviates');
  exchange.noteFault('rule', 'refuse', { refuse: '8.2.6/3.8' }, 2);
  exchange.noteRuleOutcome({ by: 'rule', outcome: 2, isReal: false });
  exchange.noteRandom(Buffer.of(2));
  exchange.noteSignature(Buffer.of(3));
  exchange.secrets['otSK.DP'] = Buffer.of(4);
  exchange.noteOrigin({ peer: '127.0.0.1:1', serverName: 'localhost', path: 'POST /' });
  exchange.noteListenerFailure({ result: 'HTTP 404', message: 'nothing there', hint: 'look' });
  exchange.noteForwarding('their.smdp.example');
  exchange.noteState('Error');
  exchange.noteOutcome('failed');
  exchange.noteNotification({ verified: true, outcome: 'acted upon' });
  return exchange;
}

/** The names of its accessors. */
const gettersOf = (exchange: Exchange): readonly string[] => {
  const described = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(exchange) as object);
  return Object.keys(described).filter((name) => described[name]?.get !== undefined);
};

const valueOf = (exchange: Exchange, member: string): unknown =>
  (exchange as unknown as Record<string, unknown>)[member];

describe('the record of an exchange', () => {
  it('gives another process everything that the journal shows', async () => {
    const exchange = await fullExchange();
    const record = fromOctets(toOctets(recordOf(exchange))) as ExchangeRecord;
    const again = exchangeFrom(record, exchange.startedAt);
    const members = [
      ...gettersOf(exchange),
      ...['functionName', 'deviations', 'faultNotes', 'ruleOutcomes', 'generated', 'secrets', 'startedAt'],
    ];
    expect(members.length).toBeGreaterThan(18);
    for (const member of members) {
      expect(valueOf(exchange, member), member).toBeDefined();
      expect(valueOf(again, member), member).toEqual(valueOf(exchange, member));
    }
    expect(again.refusal?.shortMessage).toBe(exchange.refusal?.shortMessage);
  });

  it('names every member that holds data', async () => {
    const exchange = await fullExchange();
    const recorded = new Set(Object.keys(recordOf(exchange)));
    const derived = ['startedAt'];
    const own = Object.keys(exchange).filter((name) => !['interceptors', 'pathInterface'].includes(name));
    for (const name of [...gettersOf(exchange), ...own])
      if (!derived.includes(name)) expect(recorded.has(name), name).toBe(true);
  });
});
