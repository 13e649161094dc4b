import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { profileFilter, ProfileQuery } from './filter.js';
import { profileView, ProfileView } from './view.js';

const ListQuery = Type.Object(
  {
    ...ProfileQuery,
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'a number from 1 to 1000; default: 100' }),
    ),
    cursor: Type.Optional(Type.String({ description: 'what the page before gave as next' })),
  },
  { additionalProperties: false },
);
type ListQuery = Static<typeof ListQuery>;

/** A page of profiles. */
export const ProfileList = Type.Object({
  items: Type.Array(ProfileView),
  next: Type.Optional(Type.String({ description: 'cursor of the next page; absent on the last page' })),
});
export type ProfileList = Static<typeof ProfileList>;

const defaultLimit = 100;

/** `GET /profiles`: profiles in the order in which they were made, page by page. */
export function listProfiles(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary: 'List profiles',
    querystring: ListQuery,
    response: { 200: ProfileList, ...problemResponses },
  };
  app.get<{ Querystring: ListQuery }>('/profiles', { schema }, async (request) => {
    const { limit = defaultLimit, cursor, ...wanted } = request.query;
    const { store, smdp } = scopeOf(context, request);
    try {
      const { items, next } = await store.listProfiles(profileFilter(wanted), { cursor, limit });
      return {
        items: await Promise.all(items.map((profile) => profileView(store, profile, smdp.address))),
        ...(next !== undefined && { next }),
      };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw fieldProblem('cursor', `'${cursor}' is none`, 'give what the page before answered as next');
    }
  });
}
