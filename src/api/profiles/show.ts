import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { closingOf, clientGoneSignal } from '../http/closing.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { profileDetails, ProfileDetails } from './details.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';
import { profileInState, waitMembers } from './wait.js';

const ShowQuery = Type.Object(
  { ...ProfileChoice.properties, ...waitMembers },
  { additionalProperties: false },
);
type ShowQuery = Static<typeof ShowQuery>;

/**
 * `GET /profiles/{iccid}`: shows a profile with its history and notifications. With `waitFor`, the call waits until the
 * profile is in one of the given states.
 */
export function showProfile(app: FastifyInstance, context: ControlContext): void {
  const closing = closingOf(app);
  const schema = {
    tags: ['profiles'],
    summary: 'Show a profile with its history and notifications',
    params: ProfilePath,
    querystring: ShowQuery,
    response: { 200: ProfileDetails, ...problemResponses },
  };
  app.get<{ Params: ProfilePath; Querystring: ShowQuery }>(
    '/profiles/:iccid',
    { schema },
    async (request, reply) => {
      const { params } = request;
      const { waitFor, timeout, ...choice } = request.query;
      if (timeout !== undefined && !waitFor)
        throw fieldProblem(
          'timeout',
          'is allowed only with waitFor',
          'add waitFor with the state to wait for, or leave timeout out',
        );
      const scope = scopeOf(context, request);
      const { profile, sharedBy } = waitFor
        ? await profileInState(scope, params, choice, { waitFor, timeout }, clientGoneSignal(reply, closing))
        : await findProfile(scope.store, params, choice);
      return profileDetails(scope.store, profile, sharedBy, scope.smdp.address);
    },
  );
}
