import Type, { type Static } from 'typebox';
import type { NotificationDelivery, StoredNotification } from '../../device/index.js';
import { textOrNull } from '../http/or-null.js';
import { joined, viewFrom, type View } from '../http/view.js';

type Notification = Pick<StoredNotification, 'seqNumber' | 'operation' | 'iccid' | 'address'>;

/** A notification that waits on the eUICC. */
export const notificationView = viewFrom<Notification>()(
  (member) => ({
    seqNumber: member(Type.Integer(), ({ seqNumber }) => seqNumber),
    operation: member(Type.Enum(['install', 'enable', 'disable', 'delete']), ({ operation }) => operation),
    iccid: member(
      textOrNull(
        'ICCID of the profile; null: the installation failed before the eUICC had read the metadata',
      ),
      ({ iccid }) => iccid ?? null,
    ),
    address: member(
      Type.String({ description: 'the server that receives the notification' }),
      ({ address }) => address,
    ),
  }),
  { description: 'a notification that waits on the eUICC' },
);
export const NotificationView = notificationView.schema;
export type NotificationView = Static<typeof NotificationView>;

const outcome = viewFrom<NotificationDelivery>()((member) => ({
  error: member(
    textOrNull(
      'why the delivery failed; the eUICC then keeps the notification. null: the server has received it',
    ),
    ({ error }) => error?.message ?? null,
  ),
}));

/** The delivery of a notification. */
export const deliveryView = joined(
  notificationView as View<NotificationDelivery, (typeof notificationView)['schema']['properties']>,
  outcome,
  { description: 'the delivery of a notification' },
);
export const DeliveryView = deliveryView.schema;
export type DeliveryView = Static<typeof DeliveryView>;
