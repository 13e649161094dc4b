import Type, { type Static } from 'typebox';
import {
  remarksOn,
  subscriptionPoolOf,
  type DeviceGroup,
  type Policy,
  type PolicyContent,
} from '../../device/management/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';

const kinds = ['downloadServer', 'activationCodes', 'serverUrl'] as const;

/** A policy, with the warnings for the call that changed the policy. */
export interface PolicySource {
  readonly policy: Policy;
  readonly remarks?: readonly string[];
}

export const policyView = viewFrom<PolicySource>()(
  (member) => ({
    name: member(Type.String(), ({ policy }) => policy.name),
    kind: member(Type.Enum([...kinds]), ({ policy }) => policy.content.kind),
    server: member(
      Type.String({ description: 'the server whose name the policy gives to the devices' }),
      ({ policy }) => serverOf(policy.content),
    ),
    subscriptionPool: member(
      textOrNull("name that Intune gives to a list of codes: the first label of the SM-DP+'s host name"),
      ({ policy: { content } }) => (content.kind === 'activationCodes' ? subscriptionPoolOf(content) : null),
    ),
    codes: member(Type.Integer({ description: 'number of activation codes' }), ({ policy: { content } }) =>
      content.kind === 'activationCodes' ? content.codes.length : 0,
    ),
    isDiscoveryServer: member(
      Type.Boolean({ description: 'whether the server is an SM-DS' }),
      ({ policy: { content } }) => content.kind === 'downloadServer' && content.isDiscoveryServer,
    ),
    autoEnable: member(Type.Boolean(), ({ policy: { content } }) =>
      content.kind === 'downloadServer' ? content.autoEnable : content.kind === 'activationCodes',
    ),
    displayLocalUi: member(Type.Boolean(), ({ policy: { content } }) =>
      content.kind === 'downloadServer' ? content.displayLocalUi : true,
    ),
    include: member(Type.Array(Type.String()), ({ policy }) => [...policy.assignment.include]),
    exclude: member(Type.Array(Type.String()), ({ policy }) => [...policy.assignment.exclude]),
    version: member(
      Type.Integer({ description: 'increases when devices must receive the policy again' }),
      ({ policy }) => policy.version,
    ),
    changedAt: member(Type.String({ description: 'time in ISO 8601' }), ({ policy }) =>
      isoTime(policy.changedAt),
    ),
    remarks: member(Type.Array(Type.String()), ({ policy, remarks = [] }) => [
      ...remarksOn(policy.content),
      ...remarks,
    ]),
  }),
  { description: 'a policy of the management system' },
);

export const PolicyView = policyView.schema;
export type PolicyView = Static<typeof PolicyView>;

function serverOf(content: PolicyContent): string {
  if (content.kind === 'downloadServer') return content.serverNames[0]!;
  return content.kind === 'activationCodes' ? content.smdpAddress : content.url;
}

export const groupView = viewFrom<readonly [name: string, group: DeviceGroup]>()(
  (member) => ({
    name: member(Type.String(), ([name]) => name),
    devices: member(Type.Array(Type.String(), { description: 'names of devices' }), ([, { devices }]) => [
      ...devices,
    ]),
    users: member(
      Type.Array(Type.String(), {
        description: 'users; the group contains the devices that these users enrolled',
      }),
      ([, { users }]) => [...users],
    ),
  }),
  { description: 'a group of devices and users' },
);

export const GroupView = groupView.schema;
export type GroupView = Static<typeof GroupView>;
