import type { FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ManagementSystems, WindowsPc } from '../../device/management/index.js';
import type { ParkedDevice } from '../../device/park/index.js';
import { clientGoneSignal } from '../http/closing.js';
import { Problem } from '../http/problem.js';

/** Path parameters of calls about one policy. */
export const PolicyPath = Type.Object({ policy: Type.String({ description: 'the name of a policy' }) });
export type PolicyPath = Static<typeof PolicyPath>;

/** Path parameters of calls about one group. */
export const GroupPath = Type.Object({ group: Type.String({ description: 'the name of a group' }) });
export type GroupPath = Static<typeof GroupPath>;

/** Query of calls that start work on devices. */
export const WaitForWork = Type.Object(
  {
    wait: Type.Optional(
      Type.Boolean({
        description:
          'true: wait up to 60 seconds until the devices have finished, then let them check in again; default: false',
      }),
    ),
  },
  { additionalProperties: false },
);
export type WaitForWork = Static<typeof WaitForWork>;

/** @throws Problem 409 if the device is not a Windows PC */
export function requirePc(systems: ManagementSystems, parked: ParkedDevice): WindowsPc {
  const pc = systems.pc(parked);
  if (pc) return pc;
  throw new Problem(
    409,
    `device '${parked.name}' has the platform ${parked.platform}; for SyncML, make a device with the platform windows`,
  );
}

const longestWait = 60_000;

/** Waits until PCs are idle. Stops waiting after a minute, or when the client closes the connection. */
export async function untilIdle(
  reply: FastifyReply,
  pcs: readonly WindowsPc[],
  closing: AbortSignal,
): Promise<void> {
  const over = AbortSignal.any([clientGoneSignal(reply, closing), AbortSignal.timeout(longestWait)]);
  const ended = new Promise<void>((resolve) => {
    if (over.aborted) resolve();
    over.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([Promise.all(pcs.map((pc) => pc.idle())), ended]);
}
