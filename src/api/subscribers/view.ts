import Type, { type Static } from 'typebox';
import type { NetworkSubscriber, Subscriber } from '../../profiles/index.js';
import { profileStates, type Profile } from '../../store/index.js';
import { activationCodeOf, subscriberOf } from '../../orders/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';

/** A profile with the data that a core network and a phone need. */
export interface ShownSubscriber {
  readonly profile: Profile;
  readonly network: NetworkSubscriber;
  /** The SM-DP+ address. */
  readonly address: string;
  /** Whether keys, PINs and PUKs are shown. */
  readonly secrets: boolean;
}

type Code = 'pin1' | 'puk1' | 'pin2' | 'puk2' | 'adm1';

const shownCode = (name: string) =>
  Type.Optional(
    Type.String({
      description: `${name} of this subscriber, only with secrets=true; absent: the profile has the ${name} of its profile type`,
    }),
  );

/** A code that was given or drawn for the subscriber. */
const code =
  (name: Code) =>
  ({ profile, secrets }: ShownSubscriber): Subscriber[Code] =>
    secrets ? subscriberOf(profile)?.[name] : undefined;

/** A subscriber. Keys, PINs and PUKs are shown only on request. */
export const subscriberView = viewFrom<ShownSubscriber>()(
  (member) => ({
    iccid: member(Type.String(), ({ profile }) => profile.iccid),
    imsi: member(Type.String(), ({ network }) => network.imsi),
    msisdn: member(Type.String({ description: 'digits; empty: none' }), ({ network }) => network.msisdn),
    algorithm: member(Type.Enum(['milenage', 'tuak', 'test']), ({ network }) => network.algorithm),
    profileType: member(Type.String(), ({ profile }) => profile.profileType),
    state: member(Type.Enum([...profileStates]), ({ profile }) => profile.state),
    eid: member(textOrNull('EID that the order is linked to'), ({ profile }) => profile.eid),
    matchingId: member(
      textOrNull('null: the profile has no confirmed order'),
      ({ profile }) => profile.matchingId,
    ),
    activationCode: member(
      textOrNull('LPA:1$…; null: the profile has no confirmed order'),
      ({ profile, address }) => activationCodeOf(profile, address) ?? null,
    ),
    label: member(textOrNull('text by which you find the profile'), ({ profile }) => profile.label),
    pool: member(textOrNull('name of the pool that contains the profile'), ({ profile }) => profile.pool),
    k: member(
      Type.Optional(Type.String({ description: 'only with secrets=true' })),
      ({ network, secrets }) => (secrets ? network.k : undefined),
    ),
    opc: member(
      Type.Optional(Type.String({ description: 'OPc or TOPc; only with secrets=true' })),
      ({ network, secrets }) => (secrets ? network.opc : undefined),
    ),
    pin1: member(shownCode('PIN1'), code('pin1')),
    puk1: member(shownCode('PUK1'), code('puk1')),
    pin2: member(shownCode('PIN2'), code('pin2')),
    puk2: member(shownCode('PUK2'), code('puk2')),
    adm1: member(shownCode('ADM1'), code('adm1')),
  }),
  { description: 'A subscriber' },
);
export const SubscriberView = subscriberView.schema;
export type SubscriberView = Static<typeof SubscriberView>;
