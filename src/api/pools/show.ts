import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import { removePool } from '../../pools/index.js';
import type { Store } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { listOf } from '../http/lists.js';
import { problemResponses } from '../http/problem.js';
import { isoTime } from '../profiles/view.js';
import { scopeOf } from '../scope.js';
import { PoolPath, requirePool } from './lookup.js';

/** A pool. */
export const PoolView = Type.Object({
  name: Type.String(),
  profiles: Type.Integer({ description: 'number of profiles in it' }),
  smdpAddress: textOrNull("the provider's host name, where the pool is the list of an MDM system"),
  importedAt: textOrNull('when the list was imported first'),
  changedAt: textOrNull('when a list last changed it'),
});
export type PoolView = Static<typeof PoolView>;

/** Answer of `DELETE /pools/{name}`. */
export const DeletedPool = Type.Object({
  removed: Type.Integer({ description: 'profiles that no device had downloaded' }),
  kept: Type.Integer({ description: 'profiles that devices have or had' }),
});
export type DeletedPool = Static<typeof DeletedPool>;

const tags = ['pools'];

const schemas = {
  list: { tags, summary: 'List pools', response: { 200: listOf(PoolView) } },
  show: { tags, summary: 'Show a pool', params: PoolPath, response: { 200: PoolView, ...problemResponses } },
  delete: {
    tags,
    summary: 'Delete a pool and its profiles, except downloaded ones, which stay without a pool',
    params: PoolPath,
    response: {
      200: DeletedPool,
      ...problemResponses,
    },
  },
};

/** `GET /pools`, `GET` and `DELETE /pools/{name}`. */
export function showPools(app: FastifyInstance, context: ControlContext): void {
  app.get('/pools', { schema: schemas.list }, async (request) => {
    const { store } = scopeOf(context, request);
    const items: PoolView[] = [];
    for (const name of await store.poolNames()) items.push(await viewOf(store, name));
    return { items: items.filter(({ profiles, smdpAddress }) => profiles > 0 || smdpAddress !== null) };
  });

  app.get<{ Params: PoolPath }>('/pools/:name', { schema: schemas.show }, async (request) => {
    const { store } = scopeOf(context, request);
    const { name } = request.params;
    await requirePool(store, name);
    return viewOf(store, name);
  });

  app.delete<{ Params: PoolPath }>('/pools/:name', { schema: schemas.delete }, async (request) => {
    const { store } = scopeOf(context, request);
    const { name } = request.params;
    await requirePool(store, name);
    return removePool(store, name);
  });
}

async function viewOf(store: Store, name: string): Promise<PoolView> {
  const list = await store.mdmList(name);
  return {
    name,
    profiles: await store.poolSize(name),
    smdpAddress: list?.provider ?? null,
    importedAt: list ? isoTime(list.createdAt) : null,
    changedAt: list ? isoTime(list.updatedAt) : null,
  };
}
