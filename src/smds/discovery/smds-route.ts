import type { Route, DeliveryFailure } from '../../outbound/delivery/index.js';
import { SmdsError } from '../es12/index.js';
import type { Registration, Store } from '../../store/index.js';
import type { Smds } from './smds.js';

/** A failed delivery. `knownEid` is the EID for which the SM-DS may now have the event. */
interface EventFailure extends DeliveryFailure {
  readonly knownEid?: string | null | undefined;
}

const alreadyRegistered = '8.9.5/3.3';
const unknownEvent = '8.9.5/3.9';

/** The queue of one SM-DS. */
export const smdsRoute = (smdsAddress: string, smds: Smds, store: Store): Route<Registration> => ({
  name: smdsAddress,
  endpoint: smdsAddress,
  remarks: {
    about: { smds: smdsAddress },
    failing: 'the SM-DS cannot be reached; the server keeps trying to register events',
    again: 'the SM-DS can be reached again',
  },
  connect: () => ({
    deliver: (registration, signal) => deliver(smds, registration, signal),
    close: () => undefined,
  }),
  lease: (...terms) => store.leaseRegistrations(smdsAddress, ...terms),
  received: (registration) =>
    store.settleRegistration(
      registration,
      registration.state === 'deleting'
        ? 'gone'
        : {
            ...{ state: 'registered', knownEid: registration.eid },
            ...{ attempts: 0, nextAttemptAt: null, lastError: null },
          },
    ),
  postpone: (registration, nextAttemptAt, failure) =>
    store.settleRegistration(registration, { ...afterFailure(registration, failure), nextAttemptAt }),
  giveUp: (registration, _, failure) =>
    store.settleRegistration(
      registration,
      registration.state === 'deleting'
        ? 'gone'
        : { ...afterFailure(registration, failure), state: 'failed', nextAttemptAt: null },
    ),
  giveBack: (registration) => store.settleRegistration(registration, {}),
});

/** The members of a registration after a failed attempt. */
const afterFailure = ({ attempts }: Registration, { problem, knownEid }: EventFailure) => ({
  attempts: attempts + 1,
  lastError: problem,
  knownEid,
});

async function deliver(
  smds: Smds,
  registration: Registration,
  signal: AbortSignal,
): Promise<'received' | EventFailure> {
  try {
    return registration.state === 'deleting'
      ? await deleteEvent(smds, registration, signal)
      : await registerEvent(smds, registration, signal);
  } catch (error) {
    if (!(error instanceof SmdsError)) throw error;
    // If the SM-DS cannot have received the call, its events have not changed.
    const { knownEid } = registration;
    return { problem: error.message, isRefusal: false, ...(!error.mayBeDone && { knownEid }) };
  }
}

async function deleteEvent(
  smds: Smds,
  { eid, eventId, knownEid }: Registration,
  signal: AbortSignal,
): Promise<'received' | EventFailure> {
  const status = await smds.delete({ eid: knownEid ?? eid, eventId }, signal);
  return status === undefined || status === unknownEvent ? 'received' : refused(status);
}

/**
 * Registers an event. If the SM-DS already has an event of this server with this EventID, deletes that event first.
 * Such an event exists if the answer to an earlier call was lost, or if the event was never deleted.
 */
async function registerEvent(
  smds: Smds,
  event: Registration,
  signal: AbortSignal,
): Promise<'received' | EventFailure> {
  const { knownEid } = event;
  let status = await smds.register(event, signal);
  const isOwn = status === alreadyRegistered && knownEid !== null;
  if (isOwn && (await deleteEvent(smds, event, signal)) === 'received')
    status = await smds.register(event, signal);
  if (status === undefined) return 'received';
  return { ...refused(status), isFinal: status === alreadyRegistered, knownEid };
}

const refused = (status: string): EventFailure => ({
  problem: `the SM-DS answers with status ${status}`,
  isRefusal: true,
});
