import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { removeProfile, removeProfiles } from '../../orders/index.js';
import type { ControlContext } from '../context.js';
import { Problem, noContent, problemResponses } from '../http/problem.js';
import { removedView } from '../http/lists.js';
import { scopeOf } from '../scope.js';
import { ProfileQuery, profileFilter } from './filter.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';

const RemoveQuery = Type.Object(
  {
    ...ProfileQuery,
    all: Type.Optional(
      Type.Boolean({ description: 'true: removes every profile; needed if the query has no filter' }),
    ),
  },
  { additionalProperties: false },
);
type RemoveQuery = Static<typeof RemoveQuery>;

const removed = removedView('profiles');

const tags = ['profiles'];
const schemas = {
  some: {
    tags,
    summary: 'Remove the profiles that match the query, with their history and notifications',
    querystring: RemoveQuery,
    response: { 200: removed.schema, ...problemResponses },
  },
  one: {
    tags,
    summary: 'Remove a profile with its history and notifications',
    params: ProfilePath,
    querystring: ProfileChoice,
    response: { ...noContent, ...problemResponses },
  },
};

/** `DELETE /profiles`, with the same filter as `GET /profiles`, and `DELETE /profiles/{iccid}`. */
export function removal(app: FastifyInstance, context: ControlContext): void {
  app.delete<{ Querystring: RemoveQuery }>('/profiles', { schema: schemas.some }, async (request) => {
    const { all = false, ...wanted } = request.query;
    if (!all && Object.keys(wanted).length === 0)
      throw new Problem(
        400,
        'without a filter, this call would remove every profile; give a filter, or all=true',
      );
    return removed.of(await removeProfiles(scopeOf(context, request).store, profileFilter(wanted)));
  });

  app.delete<{ Params: ProfilePath; Querystring: ProfileChoice }>(
    '/profiles/:iccid',
    { schema: schemas.one },
    async (request, reply) => {
      const { store } = scopeOf(context, request);
      const { profile } = await findProfile(store, request.params, request.query);
      await removeProfile(store, profile.id);
      return reply.code(204).send();
    },
  );
}
