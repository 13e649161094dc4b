import { operatorDefaults } from '../../../../src/orders/index.js';
import { ProgressOutbox } from '../../../../src/outbound/progress/index.js';
import type { ProfileRequest } from '../../../../src/orders/index.js';
import type { Operator, Profile } from '../../../../src/store/index.js';
import { startTestSmdp, type TestSmdp, type TestSmdpOptions } from '../../../support/smdp.js';
import { operator } from './courier.js';
import { messageIn, type Message } from './endpoint.js';

export const requester = '2.999.10';

/** An SM-DP+ that tells operators; what it would tell them stays in the queue. */
export interface TellingSmdp extends TestSmdp {
  /** How often it was said that something was queued. */
  readonly woken: () => number;
  /** Prepares a profile of the operator, or of another one, or of nobody. */
  order(request?: ProfileRequest, of?: string | null): Promise<Profile>;
  register(settings: Partial<Operator>): Promise<void>;
  /** What the operator is told about the profile, in order. */
  told(profile: Profile): Promise<readonly Message[]>;
  /** The same as `<notificationPointId>`, or `<notificationPointId> <status code>` where it is told of a failure. */
  points(profile: Profile): Promise<readonly string[]>;
}

export async function startTellingSmdp(options?: TestSmdpOptions): Promise<TellingSmdp> {
  const smdp = await startTestSmdp(options);
  const { store, context } = smdp;
  let woken = 0;
  const progress = new ProgressOutbox({
    store,
    random: context.random,
    requester,
    queued: () => void woken++,
  });
  Object.assign(context, { progress });

  const register: TellingSmdp['register'] = (settings) =>
    store.saveOperator({
      ...operatorDefaults,
      ...{ identifier: operator, callbackUrl: 'http://localhost:9', updatedAt: 1 },
      ...settings,
    });
  await register({});
  const told: TellingSmdp['told'] = async ({ iccid }) =>
    (await store.listCallbacks({ iccid }, 1000)).map(messageIn).reverse();
  return {
    ...smdp,
    register,
    told,
    woken: () => woken,
    async order(request, of = operator) {
      const { id, version } = await smdp.prepare(request);
      await store.commit([{ kind: 'updateProfile', id, version, set: { operator: of } }]);
      return (await store.profile(id))!;
    },
    points: async (profile) => (await told(profile)).map(pointIn),
  };
}

function pointIn({
  notificationPointId,
  notificationPointStatus: { status, statusCodeData },
}: Message): string {
  if (status === 'Executed-Success') return String(notificationPointId);
  return `${notificationPointId} ${statusCodeData?.subjectCode}/${statusCodeData?.reasonCode}`;
}
