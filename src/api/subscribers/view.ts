import Type, { type Static } from 'typebox';
import type { NetworkSubscriber } from '../../profiles/index.js';
import { profileStates, type Profile } from '../../store/index.js';
import { activationCodeOf } from '../../orders/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';

/** A profile with the data that a core network and a phone need. */
export interface ShownSubscriber {
  readonly profile: Profile;
  readonly network: NetworkSubscriber;
  /** The SM-DP+ address. */
  readonly address: string;
  /** Whether keys are shown. */
  readonly secrets: boolean;
}

/** A subscriber. K and OPc are shown only on request. */
export const subscriberView = viewFrom<ShownSubscriber>()(
  (member) => ({
    iccid: member(Type.String(), ({ profile }) => profile.iccid),
    imsi: member(Type.String(), ({ network }) => network.imsi),
    msisdn: member(Type.String({ description: 'digits; empty: none' }), ({ network }) => network.msisdn),
    algorithm: member(Type.Enum(['milenage', 'tuak', 'test']), ({ network }) => network.algorithm),
    profileType: member(Type.String(), ({ profile }) => profile.profileType),
    state: member(Type.Enum([...profileStates]), ({ profile }) => profile.state),
    eid: member(textOrNull('EID that the order is linked to'), ({ profile }) => profile.eid),
    matchingId: member(textOrNull('null: no order is confirmed'), ({ profile }) => profile.matchingId),
    activationCode: member(
      textOrNull('LPA:1$…; null: no order is confirmed'),
      ({ profile, address }) => activationCodeOf(profile, address) ?? null,
    ),
    label: member(textOrNull('your text by which you find the profile'), ({ profile }) => profile.label),
    pool: member(textOrNull('name of its pool'), ({ profile }) => profile.pool),
    k: member(
      Type.Optional(Type.String({ description: 'only with secrets=true' })),
      ({ network, secrets }) => (secrets ? network.k : undefined),
    ),
    opc: member(
      Type.Optional(Type.String({ description: 'OPc or TOPc; only with secrets=true' })),
      ({ network, secrets }) => (secrets ? network.opc : undefined),
    ),
  }),
  { description: 'A subscriber' },
);
export const SubscriberView = subscriberView.schema;
export type SubscriberView = Static<typeof SubscriberView>;
