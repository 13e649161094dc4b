import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { addressProblem } from '../base/address.js';
import type { ControlContext } from './context.js';
import { textOrNull } from './http/or-null.js';
import { fieldProblem, problemResponses } from './http/problem.js';
import { joined, viewFrom } from './http/view.js';
import { requireWholeServer } from './scope.js';
import type { Testing } from './testing.js';

/** The SM-DP+ address. */
export const AddressView = Type.Object(
  {
    address: Type.String({
      maxLength: 259,
      description: 'a host name without https://, followed by :port unless the port is 443',
    }),
  },
  { additionalProperties: false },
);
export type AddressView = Static<typeof AddressView>;

const details = joined(
  { schema: AddressView, of: ({ smdp }: ControlContext) => ({ address: smdp.address }) },
  viewFrom<ControlContext>()((member) => ({
    smdsAddress: member(textOrNull('address of the SM-DS'), ({ smds }) => smds?.address ?? null),
    deviceUrl: member(
      textOrNull(
        "base URL of the device-facing listener for clients on the same machine; if the listener's port is mapped, devices must use `address` instead",
      ),
      ({ smdp }) => smdp.deviceUrl ?? null,
    ),
  })),
);

/** Answer of `GET /address`. */
export const AddressDetails = details.schema;
export type AddressDetails = Static<typeof AddressDetails>;

const tags = ['testing'];
const response = { 200: AddressDetails, ...problemResponses };
const schemas = {
  show: { tags, summary: 'Show the SM-DP+ address', response },
  change: {
    tags,
    summary: 'Change the SM-DP+ address, for example once a container knows its mapped port',
    body: AddressView,
    response,
  },
};

/** `/address`: the SM-DP+ address. Activation codes and serverSigned1 contain it, and devices must send it (SGP.22 5.6.1). */
export function address(
  app: FastifyInstance,
  { context, testing }: { context: ControlContext; testing: Testing },
  done: () => void,
): void {
  app.get('/address', { schema: schemas.show }, async () => details.of(context));

  app.put<{ Body: AddressView }>('/address', { schema: schemas.change }, async (request) => {
    requireWholeServer(request, 'the address is');
    const problem = addressProblem(request.body.address);
    if (problem) throw fieldProblem('address', problem.message, problem.remedy);
    const obstacle = await testing.change(() => testing.moveTo(request.body.address));
    if (obstacle) throw fieldProblem('address', obstacle.message, obstacle.remedy, 409);
    return details.of(context);
  });
  done();
}
