import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import {
  cellularStatuses,
  cellularStatusOf,
  deploymentStatuses,
  deploymentStatusOf,
  profilesInPool,
} from '../../pools/index.js';
import { profileStates, type Store } from '../../store/index.js';
import { isoTime } from '../profiles/view.js';

/** Deployment status of one code. */
export const DeviceStatus = Type.Object({
  eid: textOrNull('the eUICC that has the profile, or is to have it; null: not known yet'),
  iccid: Type.String(),
  matchingId: textOrNull('"" where the order is found by its EID'),
  status: Type.Enum([...deploymentStatuses]),
  cellularStatus: Type.Enum([...cellularStatuses], {
    description: 'last report of the eUICC about the profile',
  }),
  lastContact: textOrNull('time of the last contact with the device'),
  state: Type.Enum([...profileStates]),
  error: textOrNull('status code of SGP.22 with which the last attempt failed'),
});
export type DeviceStatus = Static<typeof DeviceStatus>;

/** Reads the deployment status of a pool's codes, in batches. */
export async function* deploymentOf(store: Store, pool: string): AsyncGenerator<readonly DeviceStatus[]> {
  for await (const profiles of profilesInPool(store, pool)) {
    const contacts = await store.contacts(profiles.map(({ id }) => id));
    yield profiles.map((profile) => {
      const contact = contacts.get(profile.id)!;
      return {
        eid: profile.eid,
        iccid: profile.iccid,
        matchingId: profile.matchingId,
        status: deploymentStatusOf(profile, contact),
        cellularStatus: cellularStatusOf(profile),
        lastContact: contact.at === null ? null : isoTime(contact.at),
        state: profile.state,
        error: profile.errorStatus ?? contact.lastStatus,
      };
    });
  }
}
