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

/** The data that a replay needs, besides the request, to produce the same answer. */
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
      Type.Array(hex('octets'), { description: 'random octets, in the order in which the server drew them' }),
      ({ entry: { exchange } }) => exchange.generated.random.map(toHex),
    ),
    signatures: member(
      Type.Array(hex('r || s', 64), {
        description: 'signatures, in the order in which the server made them',
      }),
      ({ entry: { exchange } }) => exchange.generated.signatures.map(toHex),
    ),
    faults: member(
      Type.Optional(Type.Array(FaultRule, { description: 'fault rules, in the order in which they acted' })),
      ({ entry: { exchange } }) => {
        const faults = exchange.faultNotes.flatMap(({ by, rule }) =>
          rule ? [certain(rule as FaultRule, by)] : [],
        );
        return faults.length > 0 ? faults : undefined;
      },
    ),
  })),
  closed('an object with the data that a replay needs besides the request'),
);
export const ReplayRecord = replayRecord.schema;
export type ReplayRecord = Static<typeof ReplayRecord>;

const choices = ['nth', 'probability', 'seed', 'times', 'scenario', 'requiredState', 'newState'] as const;

/** The rule without the members that limit when it acts. The rule acted on this request, so it must act in the replay too. */
function certain(rule: FaultRule, name: string): FaultRule {
  const acting = { ...rule, name };
  for (const choice of choices) delete acting[choice];
  return acting;
}
