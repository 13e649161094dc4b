import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import {
  cellularStatuses,
  cellularStatusOf,
  deploymentStatuses,
  deploymentStatusOf,
} from '../../pools/index.js';
import {
  profilePages,
  profileStates,
  type DeviceContact,
  type Profile,
  type Store,
} from '../../store/index.js';
import { viewFrom } from '../http/view.js';
import { timeOrNull } from '../iso-time.js';

interface Deployed {
  readonly profile: Profile;
  readonly contact: DeviceContact;
}

const device = viewFrom<Deployed>()((member) => ({
  eid: member(
    textOrNull('EID of the eUICC that has or will get the profile; null: not known yet'),
    ({ profile }) => profile.eid,
  ),
  iccid: member(Type.String(), ({ profile }) => profile.iccid),
  matchingId: member(
    textOrNull('MatchingID; "" if the device finds the order by its EID'),
    ({ profile }) => profile.matchingId,
  ),
  status: member(Type.Enum([...deploymentStatuses]), ({ profile, contact }) =>
    deploymentStatusOf(profile, contact),
  ),
  cellularStatus: member(
    Type.Enum([...cellularStatuses], { description: 'last report of the eUICC about the profile' }),
    ({ profile }) => cellularStatusOf(profile),
  ),
  lastContact: member(textOrNull('time of the last contact with the device'), ({ contact }) =>
    timeOrNull(contact.at),
  ),
  state: member(Type.Enum([...profileStates]), ({ profile }) => profile.state),
  error: member(
    textOrNull('status code of SGP.22 with which the last attempt failed'),
    ({ profile, contact }) => profile.errorStatus ?? contact.lastStatus,
  ),
}));

/** Deployment status of one code. */
export const DeviceStatus = device.schema;
export type DeviceStatus = Static<typeof DeviceStatus>;

/** Reads the deployment status of a pool's codes, in batches. */
export async function* deploymentOf(store: Store, pool: string): AsyncGenerator<readonly DeviceStatus[]> {
  for await (const profiles of profilePages(store, { pool })) {
    const contacts = await store.contacts(profiles.map(({ id }) => id));
    yield profiles.map((profile) => device.of({ profile, contact: contacts.get(profile.id)! }));
  }
}
