import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { textOrNull } from '../http/or-null.js';
import { removePool } from '../../pools/index.js';
import type { MdmList, Store } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { listView } from '../http/lists.js';
import { problemResponses } from '../http/problem.js';
import { isoTime } from '../iso-time.js';
import { viewFrom } from '../http/view.js';
import { scopeOf } from '../scope.js';
import { PoolPath, requirePool } from './lookup.js';

interface Pool {
  readonly name: string;
  /** Number of profiles in the pool. */
  readonly size: number;
  readonly mdmList: MdmList | undefined;
}

const pool = viewFrom<Pool>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  profiles: member(Type.Integer({ description: 'number of profiles in the pool' }), ({ size }) => size),
  smdpAddress: member(
    textOrNull('host name of the provider; null: the pool was not imported as a list for an MDM system'),
    ({ mdmList }) => mdmList?.provider ?? null,
  ),
  importedAt: member(textOrNull('time of the first import of a list'), ({ mdmList }) =>
    mdmList ? isoTime(mdmList.createdAt) : null,
  ),
  changedAt: member(textOrNull('time of the last import that changed the pool'), ({ mdmList }) =>
    mdmList ? isoTime(mdmList.updatedAt) : null,
  ),
}));
const list = listView(pool);

/** A pool. */
export const PoolView = pool.schema;
export type PoolView = Static<typeof PoolView>;

const deleted = viewFrom<Awaited<ReturnType<typeof removePool>>>()((member) => ({
  removed: member(
    Type.Integer({ description: 'number of deleted profiles, which no device had downloaded' }),
    ({ removed }) => removed,
  ),
  kept: member(
    Type.Integer({ description: 'number of profiles that stay, because a device has downloaded them' }),
    ({ kept }) => kept,
  ),
}));

/** Answer of `DELETE /pools/{name}`. */
export const DeletedPool = deleted.schema;
export type DeletedPool = Static<typeof DeletedPool>;

const tags = ['pools'];

const schemas = {
  list: { tags, summary: 'List pools', response: { 200: list.schema } },
  show: { tags, summary: 'Show a pool', params: PoolPath, response: { 200: PoolView, ...problemResponses } },
  delete: {
    tags,
    summary: 'Delete a pool and its profiles, except downloaded ones, which stay without a pool',
    params: PoolPath,
    response: { 200: DeletedPool, ...problemResponses },
  },
};

/** `GET /pools`, `GET` and `DELETE /pools/{name}`. */
export function showPools(app: FastifyInstance, context: ControlContext): void {
  app.get('/pools', { schema: schemas.list }, async (request) => {
    const { store } = scopeOf(context, request);
    const pools: Pool[] = [];
    for (const name of await store.poolNames()) pools.push(await findPool(store, name));
    return list.of(pools.filter(({ size, mdmList }) => size > 0 || mdmList));
  });

  app.get<{ Params: PoolPath }>('/pools/:name', { schema: schemas.show }, async (request) => {
    const { store } = scopeOf(context, request);
    const { name } = request.params;
    await requirePool(store, name);
    return pool.of(await findPool(store, name));
  });

  app.delete<{ Params: PoolPath }>('/pools/:name', { schema: schemas.delete }, async (request) => {
    const { store } = scopeOf(context, request);
    const { name } = request.params;
    await requirePool(store, name);
    return deleted.of(await removePool(store, name));
  });
}

const findPool = async (store: Store, name: string): Promise<Pool> => ({
  name,
  size: await store.poolSize(name),
  mdmList: await store.mdmList(name),
});
