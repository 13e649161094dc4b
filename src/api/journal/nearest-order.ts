import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import type { ExchangeEntry } from '../../instruments/journal/index.js';
import { prefixedMatchingId } from '../../base/namespace.js';
import { inNamespace, type Profile, type Store } from '../../store/index.js';
import { nearMatchingIds } from './near-matching-ids.js';

const orderView = viewFrom<Profile>()((member) => ({
  iccid: member(Type.String(), ({ iccid }) => iccid),
  matchingId: member(textOrNull('MatchingID of the order'), ({ matchingId }) => matchingId),
  eid: member(textOrNull('EID that the order is linked to'), ({ eid }) => eid),
  state: member(Type.String(), ({ state }) => state),
}));

interface Explanation {
  readonly why: string;
  readonly orders: readonly Profile[];
}

const explanation = viewFrom<Explanation>()(
  (member) => ({
    why: member(
      Type.String({ description: 'for example: MatchingID found, EID differs, state Released' }),
      ({ why }) => why,
    ),
    orders: member(Type.Array(orderView.schema), ({ orders }) => orders.map(orderView.of)),
  }),
  {
    description:
      'why the server found no order for the device, and the orders that the device probably meant',
  },
);

/** Why the server found no order for a device, and which orders are similar. */
export const NearestOrder = explanation.schema;
export type NearestOrder = Static<typeof NearestOrder>;

const most = 3;

/** Explains a refused authenticateClient of an authenticated eUICC; `undefined` for all other exchanges. */
export async function nearestOrder(store: Store, entry: ExchangeEntry): Promise<NearestOrder | undefined> {
  const explained = await explain(store, entry);
  return explained && explanation.of(explained);
}

async function explain(store: Store, { exchange }: ExchangeEntry): Promise<Explanation | undefined> {
  const { functionName, refusal, facts, order } = exchange;
  const { eid, matchingId, role } = facts;
  if (functionName !== 'authenticateClient' || !refusal || role !== 'smdp' || eid === undefined)
    return undefined;
  if (order) {
    const found = matchingId ? 'MatchingID found' : 'order found by EID';
    return {
      why: `${found}, ${eidOf(order, eid)}, state ${order.state}: ${refusal.message}`,
      orders: [order],
    };
  }
  const prefixed = prefixedMatchingId(matchingId ?? '');
  if (prefixed?.rest === '') return nothingForEid(inNamespace(store, prefixed.namespace), eid);
  return matchingId ? unknownMatchingId(store, matchingId) : nothingForEid(store, eid);
}

const eidOf = ({ eid }: Profile, asking: string): string =>
  eid === null ? 'EID free' : eid === asking ? 'EID matches' : 'EID differs';

async function unknownMatchingId(store: Store, matchingId: string): Promise<Explanation> {
  const near = await nearMatchingIds(store, matchingId, most);
  return {
    why:
      near.length === 0
        ? 'MatchingID not found, and no similar one exists'
        : `MatchingID not found; similar: ${near.map((order) => `${order.matchingId} (${order.state})`).join(', ')}`,
    orders: near,
  };
}

async function nothingForEid(store: Store, eid: string): Promise<Explanation> {
  const { items } = await store.listProfiles({ eid }, { limit: most });
  const described = items.map(({ matchingId, state }) =>
    matchingId === null
      ? `a profile without a confirmed order (${state})`
      : matchingId === ''
        ? `an order that is found by its EID (${state})`
        : `an order with the MatchingID ${matchingId} (${state})`,
  );
  return {
    why:
      items.length === 0
        ? 'no profile is for this EID'
        : `nothing can be downloaded by this EID alone; the EID has ${described.join(', ')}`,
    orders: items,
  };
}
