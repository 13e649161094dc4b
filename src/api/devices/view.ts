import Type, { type Static } from 'typebox';
import { platforms, type ParkedDevice } from '../../device/park/index.js';
import { orNull, textOrNull } from '../http/or-null.js';
import { joined, viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';
import { CardProperties } from './card.js';
import { operationSummary, OperationSummary, operationView, OperationView } from './operation-view.js';
import { installedProfileView, InstalledProfileView } from './profile-view.js';
import { UserView } from './user.js';

/** A virtual device. */
export const deviceView = viewFrom<ParkedDevice>()(
  (member) => ({
    name: member(Type.String(), ({ name }) => name),
    eid: member(Type.String({ description: '32 digits' }), ({ eid }) => eid),
    platform: member(Type.Enum([...platforms]), ({ platform }) => platform),
    namespace: member(
      textOrNull('namespace in which the device was made; null: none'),
      ({ namespace }) => namespace || null,
    ),
    madeAt: member(Type.String({ description: 'time in ISO 8601' }), ({ madeAt }) => isoTime(madeAt)),
    state: member(
      Type.Enum(['idle', 'running', 'asking'], {
        description: 'idle; running: an operation runs; asking: the device waits for its user',
      }),
      stateOf,
    ),
    operation: member(orNull(OperationSummary), ({ operations }) =>
      operations.length > 0 ? operationSummary.of(operations.at(-1)!.record) : null,
    ),
    profiles: member(
      Type.Array(InstalledProfileView, { description: 'profiles on the eUICC' }),
      ({ device }) => device.profiles().map(installedProfileView.of),
    ),
    waitingNotifications: member(
      Type.Integer({ description: 'number of undelivered notifications on the eUICC' }),
      ({ device }) => device.notifications().length,
    ),
    defaultSmdpAddress: member(
      textOrNull('address of the default SM-DP+, the first server that a discovery asks'),
      ({ device }) => device.configuredAddresses().defaultSmdpAddress ?? null,
    ),
    rootSmdsAddresses: member(
      Type.Array(Type.String(), { description: 'addresses of the SM-DSs that a discovery asks' }),
      ({ device }) => [...device.configuredAddresses().rootSmdsAddresses],
    ),
    user: member(UserView, ({ user }) => ({ ...user })),
  }),
  { description: 'a virtual device' },
);

function stateOf({ current }: ParkedDevice): 'idle' | 'running' | 'asking' {
  if (!current) return 'idle';
  return current.record.state === 'asking' ? 'asking' : 'running';
}

export const DeviceView = deviceView.schema;
export type DeviceView = Static<typeof DeviceView>;

/** A virtual device with its eUICC and its operations. */
export const deviceDetails = joined(
  deviceView,
  viewFrom<ParkedDevice>()((member) => ({
    card: member(
      CardProperties,
      ({
        device: {
          card: { eid: _, ...properties },
        },
      }) => properties as CardProperties,
    ),
    operations: member(
      Type.Array(OperationView, { description: 'the newest 20 operations, oldest first' }),
      ({ operations }) => operations.map(operationView.of),
    ),
  })),
  { description: 'a virtual device with its eUICC and its operations' },
);
export const DeviceDetails = deviceDetails.schema;
export type DeviceDetails = Static<typeof DeviceDetails>;
