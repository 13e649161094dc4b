import type { Profile } from '../../store/index.js';
import { Refusal } from '../../wire/rsp/index.js';
import { decideOrder, orderSeenBy } from '../decide-order.js';
import type { SimulationContext } from './context.js';
import type { FailureRule, SimulatedFailure } from './failures.js';
import { stepsToFailure, stepsUntil, type SimulatedState, type StepName } from './plan.js';
import { changeOf } from './steps.js';

/** A simulated download. The device stops when it has reached the state `until`, or fails in the way that `fail` names. */
export interface SimulatedDownload {
  readonly profileId: number;
  /** 32 digits. */
  readonly eid: string;
  /** Default: `installed`. */
  readonly until?: SimulatedState | undefined;
  readonly fail?: SimulatedFailure | undefined;
}

/** A step that the simulated device has done. */
export interface SimulatedStep {
  readonly name: StepName;
  /** The status code of the refusal, if the caller asked for a download that is refused. */
  readonly status?: string | undefined;
}

/**
 * Simulates a download by this eUICC, without any device. The order goes through the same states as with a real device, with
 * the same history and the same messages to the operator. Each step is a transaction of its own.
 *
 * @returns the steps that were done
 * @throws Refusal if the order does not allow a step; the changes of earlier steps remain
 */
export async function simulate(
  context: SimulationContext,
  { profileId, eid, until = 'installed', fail }: SimulatedDownload,
): Promise<readonly SimulatedStep[]> {
  const { store, clock, random } = context;
  const transactionId = random.bytes(16);
  const stored = async (): Promise<Profile> => {
    const profile = await store.profile(profileId);
    if (!profile) throw new Refusal('8.2.1/3.9', 'profile does not exist');
    return profile;
  };
  const { profile: seen } = await orderSeenBy(eid, store, await stored());
  const plan = fail === undefined ? stepsUntil(seen, until) : stepsToFailure(seen, fail);
  const done: SimulatedStep[] = [];
  for (const step of plan) {
    const attempt = { eid, transactionId, now: clock.now().getTime() };
    try {
      await decideOrder<void>(context, attempt, {
        find: stored,
        decide: async (profile) => ({
          ...(await changeOf({ context, profile, attempt }, step)),
          value: undefined,
        }),
      });
      done.push({ name: step.name });
    } catch (error) {
      if (!(error instanceof Refusal) || !isAskedFor(error, step.failure)) throw error;
      done.push({ name: step.name, status: error.status });
    }
  }
  return done;
}

const isAskedFor = ({ status }: Refusal, failure: FailureRule | undefined): boolean =>
  failure !== undefined && 'status' in failure && failure.status === status;
