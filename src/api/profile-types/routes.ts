import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { ProfileTypeError, type PreparedType, type ProfileTypes } from '../../orders/index.js';
import type { ControlContext } from '../context.js';
import { listView } from '../http/lists.js';
import { noContent, problemResponses } from '../http/problem.js';
import { changed, changeOf, TypeBody, TypeQuery } from './change.js';
import { profileTypeView, ProfileTypeView, shownType } from './view.js';

export const TypePath = Type.Object({
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$',
    description: '1 to 64 letters, digits, blanks and . _ -, beginning with a letter or digit',
  }),
});
type TypePath = Static<typeof TypePath>;

const octets = 'application/octet-stream';

/** Maximum number of octets in an upload. No eUICC could install a larger package. */
export const largestPackage = 4 * 1024 * 1024;

const tags = ['profile-types'];
const list = listView(profileTypeView);

const schemas = {
  list: {
    tags,
    summary: 'List profile types',
    response: { 200: list.schema },
  },
  show: {
    tags,
    summary: 'Show a profile type',
    params: TypePath,
    response: { 200: ProfileTypeView, ...problemResponses },
  },
  put: {
    tags,
    summary: 'Make or change a profile type: upload a package, or set the parameters of the generator',
    params: TypePath,
    querystring: TypeQuery,
    body: { content: { 'application/json': { schema: TypeBody }, [octets]: { schema: Type.Any() } } },
    response: { 200: ProfileTypeView, 201: ProfileTypeView, ...problemResponses },
  },
  delete: {
    tags,
    summary: 'Delete a profile type that has no profiles',
    params: TypePath,
    response: { ...noContent, ...problemResponses },
  },
};

/** `/profile-types`: the templates that profiles are made from. */
export function profileTypes(
  app: FastifyInstance,
  { context: { profileTypes: types } }: { context: ControlContext },
  done: () => void,
): void {
  app.addContentTypeParser(
    octets,
    { parseAs: 'buffer', bodyLimit: largestPackage },
    (_request, body, parsed) => parsed(null, body),
  );
  const shown = (type: PreparedType) => shownType(type, types.isBuiltIn(type.name));

  app.get('/profile-types', { schema: schemas.list }, async () => list.of((await types.list()).map(shown)));

  app.get<{ Params: TypePath }>('/profile-types/:name', { schema: schemas.show }, async ({ params }) =>
    profileTypeView.of(shown(await types.get(params.name))),
  );

  app.put<{ Params: TypePath; Querystring: TypeQuery; Body: TypeBody | Buffer }>(
    '/profile-types/:name',
    { bodyLimit: largestPackage, schema: schemas.put },
    async ({ params: { name }, query, body }, reply) => {
      const previous = await existing(types, name);
      const type = await types.put(changed(name, previous?.compiled.definition, changeOf(body, query)));
      if (!previous) reply.code(201).header('Location', `/api/v1/profile-types/${encodeURIComponent(name)}`);
      return reply.send(profileTypeView.of(shown(type)));
    },
  );

  app.delete<{ Params: TypePath }>(
    '/profile-types/:name',
    { schema: schemas.delete },
    async ({ params }, reply) => {
      await types.delete(params.name);
      return reply.code(204).send();
    },
  );
  done();
}

async function existing(types: ProfileTypes, name: string): Promise<PreparedType | undefined> {
  try {
    return await types.get(name);
  } catch (error) {
    if (error instanceof ProfileTypeError) return undefined;
    throw error;
  }
}
