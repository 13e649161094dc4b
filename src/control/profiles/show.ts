import type { FastifyInstance } from 'fastify';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { profileDetails, ProfileDetails } from './details.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';

/** `GET /profiles/{iccid}`: one profile with its history and notifications. */
export function showProfile(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary: 'Show a profile with its history and notifications',
    params: ProfilePath,
    querystring: ProfileChoice,
    response: { 200: ProfileDetails, ...problemResponses },
  };
  app.get<{ Params: ProfilePath; Querystring: ProfileChoice }>(
    '/profiles/:iccid',
    { schema },
    async ({ params, query }) => {
      const { profile, sharedBy } = await findProfile(context.store, params, query);
      return profileDetails(context.store, profile, sharedBy, context.address);
    },
  );
}
