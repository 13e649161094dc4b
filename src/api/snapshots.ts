import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Snapshot } from '../store/index.js';
import type { ControlContext } from './context.js';
import { listOf } from './http/lists.js';
import { Problem, noContent, problemResponses } from './http/problem.js';
import { requireWholeServer } from './scope.js';

const SnapshotName = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
      description: '1 to 64 letters, digits and . _ -, a letter or digit first',
    }),
  },
  { additionalProperties: false },
);
type SnapshotName = Static<typeof SnapshotName>;

/** A saved state of the database. */
export const SnapshotView = Type.Object({ name: Type.String(), takenAt: Type.String() });
export type SnapshotView = Static<typeof SnapshotView>;

const view = ({ name, takenAt }: Snapshot): SnapshotView => ({
  name,
  takenAt: new Date(takenAt).toISOString(),
});

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
    response: { 200: listOf(SnapshotView) },
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

/** `/snapshots`: saved states of the database, by name. They do not include fault rules and the clock. */
export function snapshots(
  app: FastifyInstance,
  { context: { store, profileTypes } }: { context: ControlContext },
  done: () => void,
): void {
  app.post<{ Body: SnapshotName }>('/snapshots', { schema: schemas.take }, async (request, reply) => {
    requireWholeServer(request, subject);
    return reply.code(201).send(view(await store.saveSnapshot(request.body.name)));
  });

  app.get('/snapshots', { schema: schemas.list }, async () => ({
    items: (await store.snapshots()).map(view),
  }));

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
