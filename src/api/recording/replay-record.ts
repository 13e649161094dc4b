import Type, { type Static } from 'typebox';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { FaultRule } from '../../instruments/faults/index.js';
import { joined, viewFrom, viewOfPart } from '../http/view.js';
import { foundRecord } from './found-record.js';
import { closed, hex, time, toHex } from './members.js';
import { OrderRecord, orderRecord } from './order-record.js';

interface Recorded {
  readonly entry: ExchangeEntry;
  readonly showSecrets: boolean;
}

/** What a replay needs, besides the request, to produce the same answer. */
export const replayRecord = joined(
  joined(
    viewFrom<Recorded>()((member) => ({
      arrivedAt: member(time('an instant'), ({ entry }) => entry.arrivedAt),
      order: member(
        Type.Optional(OrderRecord),
        ({ entry: { exchange }, showSecrets }) => exchange.order && orderRecord(exchange.order, showSecrets),
      ),
    })),
    viewOfPart(foundRecord, ({ entry, showSecrets }) => ({
      stored: entry.exchange.storedBefore,
      showSecrets,
    })),
  ),
  viewFrom<Recorded>()((member) => ({
    random: member(
      Type.Array(hex('octets'), { description: 'random octets that were drawn, in their order' }),
      ({ entry: { exchange } }) => exchange.generated.random.map(toHex),
    ),
    signatures: member(
      Type.Array(hex('r || s', 64), { description: 'signatures that were made, in their order' }),
      ({ entry: { exchange } }) => exchange.generated.signatures.map(toHex),
    ),
    faults: member(
      Type.Optional(Type.Array(FaultRule, { description: 'fault rules that acted, in their order' })),
      ({ entry: { exchange } }) => {
        const faults = exchange.faultNotes.flatMap(({ by, rule }) =>
          rule ? [certain(rule as FaultRule, by)] : [],
        );
        return faults.length > 0 ? faults : undefined;
      },
    ),
  })),
  closed('what a replay has to know beside the request'),
);
export const ReplayRecord = replayRecord.schema;
export type ReplayRecord = Static<typeof ReplayRecord>;

const choices = ['nth', 'probability', 'seed', 'times', 'scenario', 'requiredState', 'newState'] as const;

/** The rule without the members that choose requests: it acted on this one, so it must act again. */
function certain(rule: FaultRule, name: string): FaultRule {
  const acting = { ...rule, name };
  for (const choice of choices) delete acting[choice];
  return acting;
}
