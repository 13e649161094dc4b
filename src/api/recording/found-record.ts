import Type, { type Static } from 'typebox';
import type { StoredBefore } from '../../instruments/exchanges/index.js';
import type { Binding, EventRecord } from '../../store/index.js';
import { orNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { closed, eid, hex, secret, time, toHex, toHexOrNull, withheld } from './members.js';
import { OrderRecord, orderRecord } from './order-record.js';

interface RecordedBinding {
  readonly binding: Binding;
  readonly showSecrets: boolean;
}

const bindingRecord = viewFrom<RecordedBinding>()(
  (member) => ({
    eid: member(eid, ({ binding }) => binding.eid),
    euiccOtpk: member(hex('a point', 65), ({ binding }) => toHex(binding.euiccOtpk)),
    smdpOtsk: member(secret(orNull(hex('a private key', 32))), ({ binding: { smdpOtsk }, showSecrets }) =>
      smdpOtsk && !showSecrets ? withheld : toHexOrNull(smdpOtsk),
    ),
    installedAt: member(orNull(time('an instant')), ({ binding }) => binding.installedAt),
  }),
  closed('one-time keys of the last BPP'),
);

/** One-time keys of the profile's last BPP. */
export type BindingRecord = Static<typeof bindingRecord.schema>;

const waitingEvent = viewFrom<EventRecord>()(
  (member) => ({
    owner: member(Type.String({ description: 'an OID' }), ({ owner }) => owner),
    eventId: member(Type.String({ description: 'an EventID' }), ({ eventId }) => eventId),
    eid: member(eid, (event) => event.eid),
    rspServerAddress: member(
      Type.String({ description: 'an address' }),
      ({ rspServerAddress }) => rspServerAddress,
    ),
    rootEventId: member(orNull(Type.String({ description: 'an EventID' })), ({ rootEventId }) => rootEventId),
    registeredAt: member(time('an instant'), ({ registeredAt }) => registeredAt),
  }),
  closed(),
);

/** An event that waits for a device at the SM-DS. */
export type WaitingEvent = Static<typeof waitingEvent.schema>;

interface RecordedFinds {
  readonly stored: StoredBefore;
  readonly showSecrets: boolean;
}

/** Contents of the database that the answer depends on. */
export const foundRecord = viewFrom<RecordedFinds>()((member) => ({
  orders: member(
    Type.Optional(
      Type.Array(OrderRecord, {
        description: 'orders that the device may have meant, as they were before the request',
      }),
    ),
    ({ stored, showSecrets }) => stored.orders?.map((order) => orderRecord(order, showSecrets)),
  ),
  binding: member(
    Type.Optional(orNull(bindingRecord.schema)),
    ({ stored: { binding }, showSecrets }) => binding && bindingRecord.of({ binding, showSecrets }),
  ),
  takenTransactionId: member(
    Type.Optional(hex('a TransactionId')),
    ({ stored }) => stored.takenTransactionId && toHex(stored.takenTransactionId),
  ),
  events: member(Type.Optional(Type.Array(waitingEvent.schema)), ({ stored }) =>
    stored.events?.map(waitingEvent.of),
  ),
}));
