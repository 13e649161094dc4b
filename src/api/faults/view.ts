import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import { FaultRule, type Fault } from '../../instruments/faults/index.js';

/** A fault rule as the control API shows it. */
export const FaultView = Type.Object({
  id: Type.String(),
  namespace: textOrNull('the rule acts on exchanges about orders of this namespace; null: on all exchanges'),
  ...FaultRule.properties,
  matched: Type.Integer({ description: 'number of requests that the rule applied to' }),
  hits: Type.Integer({ description: 'number of requests that the rule changed' }),
  spent: Type.Boolean({ description: 'whether the rule has acted as often as `times` allows' }),
  createdAt: Type.String({ description: 'RFC 3339' }),
});
export type FaultView = Static<typeof FaultView>;

export const faultView = ({ id, namespace, rule, matched, hits, isSpent, createdAt }: Fault): FaultView => ({
  id,
  namespace: namespace || null,
  ...rule,
  matched,
  hits,
  spent: isSpent,
  createdAt: new Date(createdAt).toISOString(),
});
