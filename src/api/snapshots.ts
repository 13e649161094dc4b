import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Snapshot } from '../store/index.js';
import type { ControlContext } from './context.js';
import { listView } from './http/lists.js';
import { Problem, noContent, problemResponses } from './http/problem.js';
import { viewFrom } from './http/view.js';
import { isoTime } from './iso-time.js';
import { requireWholeServer } from './scope.js';

const SnapshotName = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
      description: '1 to 64 letters, digits and . _ -, beginning with a letter or digit',
    }),
  },
  { additionalProperties: false },
);
type SnapshotName = Static<typeof SnapshotName>;

const snapshot = viewFrom<Snapshot>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  takenAt: member(Type.String(), ({ takenAt }) => isoTime(takenAt)),
}));
const list = listView(snapshot);

/** A saved state of the database. */
export const SnapshotView = snapshot.schema;
export type SnapshotView = Static<typeof SnapshotView>;

const tags = ['testing'];
const schemas = {
  take: {
    tags,
    summary: 'Save the state of the database under a name',
    body: SnapshotName,
    response: { 201: SnapshotView, ...problemResponses },
  },
  list: {
    tags,
    summary: 'List snapshots',
    response: { 200: list.schema },
  },
  restore: {
    tags,
    summary: 'Return the database to a snapshot',
    params: SnapshotName,
    response: { ...noContent, ...problemResponses },
  },
  delete: {
    tags,
    summary: 'Delete a snapshot',
    params: SnapshotName,
    response: { ...noContent, ...problemResponses },
  },
};

/** `/snapshots`: saves and restores states of the database, by name. A snapshot includes neither fault rules nor the clock. */
export function snapshots(
  app: FastifyInstance,
  { context: { store, profileTypes } }: { context: ControlContext },
  done: () => void,
): void {
  app.post<{ Body: SnapshotName }>('/snapshots', { schema: schemas.take }, async (request, reply) => {
    requireWholeServer(request, subject);
    return reply.code(201).send(snapshot.of(await store.saveSnapshot(request.body.name)));
  });

  app.get('/snapshots', { schema: schemas.list }, async () => list.of(await store.snapshots()));

  app.post<{ Params: SnapshotName }>(
    '/snapshots/:name/restore',
    { schema: schemas.restore },
    async (request, reply) => {
      requireWholeServer(request, subject);
      const { name } = request.params;
      requireSnapshot(await store.restoreSnapshot(name), name);
      profileTypes.forget();
      return reply.code(204).send();
    },
  );

  app.delete<{ Params: SnapshotName }>(
    '/snapshots/:name',
    { schema: schemas.delete },
    async (request, reply) => {
      requireWholeServer(request, subject);
      const { name } = request.params;
      requireSnapshot(await store.deleteSnapshot(name), name);
      return reply.code(204).send();
    },
  );
  done();
}

const subject = 'snapshots are';

function requireSnapshot(exists: boolean, name: string): void {
  if (!exists) throw new Problem(404, `there is no snapshot '${name}'`);
}
