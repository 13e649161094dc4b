import Type, { type Static } from 'typebox';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { FaultRule } from '../../instruments/faults/index.js';
import { foundMembers, foundRecord } from './found-record.js';
import { exactly, hex, time, toHex } from './members.js';
import { OrderRecord, orderRecord } from './order-record.js';

/** What a replay needs, besides the request, to produce the same answer. */
export const ReplayRecord = exactly(
  {
    arrivedAt: time('an instant'),
    order: Type.Optional(OrderRecord),
    ...foundMembers,
    random: Type.Array(hex('octets'), { description: 'random octets that were drawn, in their order' }),
    signatures: Type.Array(hex('r || s', 64), { description: 'signatures that were made, in their order' }),
    faults: Type.Optional(Type.Array(FaultRule, { description: 'fault rules that acted, in their order' })),
  },
  'what a replay has to know beside the request',
);
export type ReplayRecord = Static<typeof ReplayRecord>;

export function replayRecord({ exchange, arrivedAt }: ExchangeEntry, showSecrets: boolean): ReplayRecord {
  const { order, storedBefore, generated, faultNotes } = exchange;
  const faults = faultNotes.flatMap(({ by, rule }) => (rule ? [certain(rule as FaultRule, by)] : []));
  return {
    arrivedAt,
    ...(order && { order: orderRecord(order, showSecrets) }),
    ...foundRecord(storedBefore, showSecrets),
    random: generated.random.map(toHex),
    signatures: generated.signatures.map(toHex),
    ...(faults.length > 0 && { faults }),
  };
}

/** The rule without the members that choose requests: it acted on this one, so it must act again. */
function certain(rule: FaultRule, name: string): FaultRule {
  const acting = { ...rule, name };
  for (const choice of ['nth', 'probability', 'seed', 'times'] as const) delete acting[choice];
  return acting;
}
