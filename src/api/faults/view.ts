import Type, { type Static } from 'typebox';
import { FaultRule, type Fault } from '../../instruments/faults/index.js';

/** A fault rule as the control API shows it. */
export const FaultView = Type.Object({
  id: Type.String(),
  namespace: Type.Union([Type.String(), Type.Null()], {
    description: 'only exchanges about its orders; null: those of the whole server',
  }),
  ...FaultRule.properties,
  matched: Type.Integer({ description: 'requests that it was for' }),
  hits: Type.Integer({ description: 'requests that it has acted on' }),
  spent: Type.Boolean({ description: 'whether it has acted as often as `times` says' }),
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
