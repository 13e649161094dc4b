import Type, { type Static } from 'typebox';
import type { StoredBefore } from '../../instruments/exchanges/index.js';
import type { Binding, EventRecord } from '../../store/index.js';
import { orNull } from '../http/or-null.js';
import { eid, exactly, hex, secret, time, toHex, toHexOrNull, withheld } from './members.js';
import { OrderRecord, orderRecord } from './order-record.js';

/** One-time keys of the profile's last BPP. */
export const BindingRecord = exactly(
  {
    eid,
    euiccOtpk: hex('a point', 65),
    smdpOtsk: secret(orNull(hex('a private key', 32))),
    installedAt: orNull(time('an instant')),
  },
  'one-time keys of the last BPP',
);
export type BindingRecord = Static<typeof BindingRecord>;

/** An event that waits for a device at the SM-DS. */
export const WaitingEvent = exactly({
  owner: Type.String({ description: 'an OID' }),
  eventId: Type.String({ description: 'an EventID' }),
  eid,
  rspServerAddress: Type.String({ description: 'an address' }),
  rootEventId: orNull(Type.String({ description: 'an EventID' })),
  registeredAt: time('an instant'),
});
export type WaitingEvent = Static<typeof WaitingEvent>;

/** Contents of the database that the answer depends on. */
export const foundMembers = {
  orders: Type.Optional(
    Type.Array(OrderRecord, { description: 'orders that the device may have meant, before the request' }),
  ),
  binding: Type.Optional(orNull(BindingRecord)),
  takenTransactionId: Type.Optional(hex('a TransactionId')),
  events: Type.Optional(Type.Array(WaitingEvent)),
};

export function foundRecord(
  { orders, binding, takenTransactionId, events }: StoredBefore,
  showSecrets: boolean,
) {
  return {
    ...(orders && { orders: orders.map((order) => orderRecord(order, showSecrets)) }),
    ...(binding !== undefined && { binding: binding && bindingRecord(binding, showSecrets) }),
    ...(takenTransactionId && { takenTransactionId: toHex(takenTransactionId) }),
    ...(events && { events: events.map(waitingEvent) }),
  };
}

const bindingRecord = (
  { eid, euiccOtpk, smdpOtsk, installedAt }: Binding,
  showSecrets: boolean,
): BindingRecord => ({
  eid,
  euiccOtpk: toHex(euiccOtpk),
  smdpOtsk: smdpOtsk && !showSecrets ? withheld : toHexOrNull(smdpOtsk),
  installedAt,
});

const waitingEvent = ({
  owner,
  eventId,
  eid,
  rspServerAddress,
  rootEventId,
  registeredAt,
}: EventRecord): WaitingEvent => ({ owner, eventId, eid, rspServerAddress, rootEventId, registeredAt });
