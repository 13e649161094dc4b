import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ControlContext } from '../context.js';
import { pageFrom, pageMembers, pageOf } from '../http/lists.js';
import { problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { profileFilter, ProfileQuery } from './filter.js';
import { profileView, ProfileView, shownProfile } from './view.js';

/** Query of `GET /profiles`. */
export const ProfileListQuery = Type.Object(
  {
    ...ProfileQuery,
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'a part of the ICCID, EID, MatchingID or label',
      }),
    ),
    order: Type.Optional(
      Type.Enum(['oldest', 'newest'], { description: 'oldest or newest first; default: oldest' }),
    ),
    ...pageMembers,
  },
  { additionalProperties: false },
);
export type ProfileListQuery = Static<typeof ProfileListQuery>;

/** A page of profiles. */
export const ProfileList = pageOf(ProfileView);
export type ProfileList = Static<typeof ProfileList>;

/** `GET /profiles`: lists profiles page by page, oldest or newest first. */
export function listProfiles(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary: 'List profiles',
    querystring: ProfileListQuery,
    response: { 200: ProfileList, ...problemResponses },
  };
  app.get<{ Querystring: ProfileListQuery }>('/profiles', { schema }, (request) => {
    const { limit, cursor, search, order, ...wanted } = request.query;
    const { store, smdp } = scopeOf(context, request);
    return pageFrom(
      { limit, cursor },
      (page) =>
        store.listProfiles(
          { ...profileFilter(wanted), search },
          { ...page, newestFirst: order === 'newest' },
        ),
      async (profile) => profileView.of(await shownProfile(store, profile, smdp.address)),
    );
  });
}
