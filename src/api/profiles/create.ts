import Type, { type Static } from 'typebox';
import { prepareProfile, ProfileRequest, type Remark } from '../../orders/index.js';
import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { joined, viewFrom } from '../http/view.js';
import { Warning, warningsOf } from '../http/warning.js';
import { scopeOf } from '../scope.js';
import { locationOf } from './lookup.js';
import { profileView, shownProfile, type ShownProfile } from './view.js';

interface Created extends ShownProfile {
  readonly warnings: readonly Remark[];
}

const created = joined(
  profileView,
  viewFrom<Created>()((member) => ({
    warnings: member(
      Type.Array(Warning, { description: 'values that ES2+ or a strict device would refuse' }),
      ({ warnings }) => warningsOf(warnings),
    ),
  })),
);

/** Answer of `POST /profiles`. */
export const CreatedProfile = created.schema;
export type CreatedProfile = Static<typeof CreatedProfile>;

/** Query of `POST /profiles`. `luhn` may be in the query or in the body. */
const CreateQuery = Type.Pick(ProfileRequest, ['luhn']);

/** `POST /profiles`: prepares a profile in one call. */
export function createProfile(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary: 'Prepare a profile',
    querystring: CreateQuery,
    body: ProfileRequest,
    response: { 201: CreatedProfile, ...problemResponses },
  };
  app.post<{ Body: ProfileRequest; Querystring: Static<typeof CreateQuery> }>(
    '/profiles',
    { schema },
    async (request, reply) => {
      const { profile, warnings } = await prepareProfile(scopeOf(context, request), {
        ...request.query,
        ...request.body,
      });
      return reply
        .code(201)
        .header('Location', locationOf(profile))
        .send(
          created.of({ ...(await shownProfile(context.store, profile, context.smdp.address)), warnings }),
        );
    },
  );
}
