import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';

const octets = 'application/octet-stream';

/** `GET /profiles/{iccid}/package`: the unprotected profile package (UPP) in DER, with the keys of the profile. */
export function profilePackage(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary: 'Get the unprotected profile package (UPP) of a profile in DER',
    description:
      'This is the package that a download would install now. It contains the keys (Ki, OPc) and codes of the profile.',
    params: ProfilePath,
    querystring: ProfileChoice,
    response: { 200: { content: { [octets]: { schema: Type.String() } } }, ...problemResponses },
  };
  app.get<{ Params: ProfilePath; Querystring: ProfileChoice }>(
    '/profiles/:iccid/package',
    { schema },
    async (request, reply) => {
      const { store, profileTypes } = scopeOf(context, request);
      const { profile } = await findProfile(store, request.params, request.query);
      const type = await profileTypes.get(profile.profileType);
      return reply.type(octets).send(type.package(profile));
    },
  );
}
