import type { Route, DeliveryFailure } from '../../outbound/delivery/index.js';
import { SmdsError } from '../es12/index.js';
import type { Registration, Store } from '../../store/index.js';
import type { Smds } from './smds.js';

/** A setback, and the EID for which the SM-DS may have the event now. */
interface EventSetback extends DeliveryFailure {
  readonly knownEid?: string | null | undefined;
}

const alreadyRegistered = '8.9.5/3.3';
const notThere = '8.9.5/3.9';

/** What an SM-DS is to be told of our events, one call or two for each. */
export const smdsRoute = (smdsAddress: string, smds: Smds, store: Store): Route<Registration> => ({
  name: smdsAddress,
  way: smdsAddress,
  remarks: {
    about: { smds: smdsAddress },
    failing: 'the SM-DS cannot be told of orders; trying again',
    again: 'the SM-DS can be told of orders again',
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
  postpone: (registration, nextAttemptAt, setback) =>
    store.settleRegistration(registration, { ...noted(registration, setback), nextAttemptAt }),
  giveUp: (registration, _, setback) =>
    store.settleRegistration(
      registration,
      registration.state === 'deleting'
        ? 'gone'
        : { ...noted(registration, setback), state: 'failed', nextAttemptAt: null },
    ),
  giveBack: (registration) => store.settleRegistration(registration, {}),
});

const noted = ({ attempts }: Registration, { problem, knownEid }: EventSetback) => ({
  attempts: attempts + 1,
  lastError: problem,
  knownEid,
});

async function deliver(
  smds: Smds,
  registration: Registration,
  signal: AbortSignal,
): Promise<'received' | EventSetback> {
  try {
    return registration.state === 'deleting'
      ? await forget(smds, registration, signal)
      : await tell(smds, registration, signal);
  } catch (error) {
    if (!(error instanceof SmdsError)) throw error;
    // Where the call cannot have been heard, the SM-DS knows what it knew before.
    const { knownEid } = registration;
    return { problem: error.message, heard: false, ...(!error.mayBeDone && { knownEid }) };
  }
}

async function forget(
  smds: Smds,
  { eid, eventId, knownEid }: Registration,
  signal: AbortSignal,
): Promise<'received' | EventSetback> {
  const status = await smds.delete({ eid: knownEid ?? eid, eventId }, signal);
  return status === undefined || status === notThere ? 'received' : refused(status);
}

/** An event of this name that is there already is from a call whose answer was lost, or was to be deleted before. */
async function tell(
  smds: Smds,
  event: Registration,
  signal: AbortSignal,
): Promise<'received' | EventSetback> {
  const { knownEid } = event;
  let status = await smds.register(event, signal);
  const isOwn = status === alreadyRegistered && knownEid !== null;
  if (isOwn && (await forget(smds, event, signal)) === 'received')
    status = await smds.register(event, signal);
  if (status === undefined) return 'received';
  return { ...refused(status), isFinal: status === alreadyRegistered, knownEid };
}

const refused = (status: string): EventSetback => ({
  problem: `the SM-DS answers with status ${status}`,
  heard: true,
});
