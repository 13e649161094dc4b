import type { ProfileDetails } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { Badge, StateBadge } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { texts } from '../../texts/texts.js';

/** The notifications that the server has received from the eUICC, and the notifications that it still expects. */
export function Notifications({
  notifications,
}: {
  readonly notifications: ProfileDetails['notifications'];
}) {
  const words = texts.value.profiles;
  if (notifications.length === 0) return null;
  return (
    <section class="card wide">
      <h2>{words.notifications}</h2>
      <ul class="reports">
        {notifications.map(({ received, at, operation, seqNumber, verified, outcome }, index) => (
          <li key={index}>
            <Badge
              tone={received ? (verified ? 'good' : 'bad') : 'none'}
              text={received ? (verified ? words.received : words.unverified) : words.expected}
            />
            <span>
              {operation} {seqNumber !== null && <span class="soft number">#{seqNumber}</span>}
            </span>
            <span class="soft">
              <Time at={at} />
            </span>
            <span class="soft">
              <ForeignText text={outcome} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The devices that used a code, if several devices may use it. */
export function Devices({ devices }: { readonly devices: ProfileDetails['devices'] }) {
  const words = texts.value.profiles;
  const names = texts.value.common.profileStates;
  if (devices.length === 0) return null;
  return (
    <section class="card wide">
      <h2>{words.devices}</h2>
      <ul class="reports">
        {devices.map(({ eid, at, state, errorStatus }) => (
          <li key={eid}>
            <ForeignText text={eid} mono />
            {state in names ? <StateBadge state={state as ProfileDetails['state']} /> : state}
            <span class="soft">
              <Time at={at} />
            </span>
            {errorStatus !== null && <ForeignText text={errorStatus} mono />}
          </li>
        ))}
      </ul>
    </section>
  );
}
