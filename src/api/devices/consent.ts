import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { DevicePark } from '../../device/park/index.js';
import { DevicePath, findDevice } from './lookup.js';
import { codeMember } from './members.js';
import { answerWith, operationResponses, WaitQuery } from './wait.js';

/** Body of `POST /devices/{device}/consent`. */
export const ConsentRequest = Type.Object(
  {
    answer: Type.Optional(
      Type.Enum(['yes', 'no', 'notNow'], {
        description:
          'yes, no (cancels with endUserRejection) or notNow (cancels with postponed); default: yes',
      }),
    ),
    confirmationCode: Type.Optional(
      codeMember(
        'the confirmation code; if it is given with the answer yes, the device does not ask for it later',
      ),
    ),
  },
  { additionalProperties: false },
);
export type ConsentRequest = Static<typeof ConsentRequest>;

/** `POST /devices/{device}/consent`: answers the question that the device asks its user. */
export function consent(app: FastifyInstance, park: DevicePark, closing: AbortSignal): void {
  const schema = {
    tags: ['devices'],
    summary:
      'Answer a device that asks its user for consent to the offered profile, or for the confirmation code',
    params: DevicePath,
    querystring: WaitQuery,
    body: ConsentRequest,
    response: operationResponses,
  };
  app.post<{ Body: ConsentRequest; Querystring: WaitQuery }>(
    '/devices/:device/consent',
    { schema },
    async (request, reply) => {
      const parked = findDevice(park, request);
      const { answer = 'yes', confirmationCode } = request.body;
      const operation = parked.answer({ answer, confirmationCode });
      return answerWith(reply, parked, operation, request.query, closing);
    },
  );
}
