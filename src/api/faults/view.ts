import Type, { type Static } from 'typebox';
import { FaultRule, type Fault } from '../../instruments/faults/index.js';
import { textOrNull } from '../http/or-null.js';
import { joined, viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';

const identity = viewFrom<Fault>()((member) => ({
  id: member(Type.String(), ({ id }) => id),
  namespace: member(
    textOrNull('the rule acts only on exchanges about orders in this namespace; null: on all exchanges'),
    ({ namespace }) => namespace || null,
  ),
}));

const rule = { schema: FaultRule, of: (fault: Fault) => fault.rule };

const counters = viewFrom<Fault>()((member) => ({
  matched: member(
    Type.Integer({ description: 'number of requests that matched the rule' }),
    ({ matched }) => matched,
  ),
  hits: member(
    Type.Integer({ description: 'number of requests that the rule acted on' }),
    ({ hits }) => hits,
  ),
  outcomesGiven: member(
    Type.Optional(
      Type.Array(Type.Integer(), {
        description:
          'for each of `outcomes`, the number of requests that got this outcome; absent if the rule has no `outcomes`',
      }),
    ),
    ({ outcomesGiven }) => outcomesGiven && [...outcomesGiven],
  ),
  spent: member(
    Type.Boolean({
      description:
        'true: the rule no longer acts, because it has acted `times` times, or has given its last outcome and `atEnd` is off',
    }),
    ({ isSpent }) => isSpent,
  ),
  createdAt: member(Type.String({ description: 'RFC 3339' }), ({ createdAt }) => isoTime(createdAt)),
}));

/** A fault rule as the control API shows it. */
export const faultView = joined(joined(identity, rule), counters);
export const FaultView = faultView.schema;
export type FaultView = Static<typeof FaultView>;
