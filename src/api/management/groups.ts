import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ManagementSystems, ManagementSystem } from '../../device/management/index.js';
import { listView } from '../http/lists.js';
import { noContent, problemResponses } from '../http/problem.js';
import { requestedNamespace } from '../scope.js';
import { GroupPath } from './lookup.js';
import { groupView, GroupView } from './policy-view.js';

const members = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 5000, description }));

/** Body of `PUT /device-groups/{group}`. */
export const GroupRequest = Type.Object(
  {
    devices: members('names of devices, which need not exist yet'),
    users: members('users; the group contains the devices that these users enrolled'),
  },
  { additionalProperties: false },
);
export type GroupRequest = Static<typeof GroupRequest>;

const tags = ['mdm'];
const groups = listView(groupView);
const schemas = {
  list: {
    tags,
    summary: 'List the groups of devices',
    response: { 200: groups.schema, ...problemResponses },
  },
  put: {
    ...{ tags, summary: 'Make or change a group of devices', params: GroupPath, body: GroupRequest },
    response: { 200: GroupView, ...problemResponses },
  },
  show: {
    ...{ tags, summary: 'Show a group of devices', params: GroupPath },
    response: { 200: GroupView, ...problemResponses },
  },
  remove: {
    ...{ tags, summary: 'Delete a group of devices', params: GroupPath },
    response: { ...noContent, ...problemResponses },
  },
};

/** `/device-groups`. */
export function deviceGroups(app: FastifyInstance, systems: ManagementSystems): void {
  const directoryOf = (request: FastifyRequest): ManagementSystem['directory'] =>
    systems.system(requestedNamespace(request)).directory;

  app.get('/device-groups', { schema: schemas.list }, async (request) =>
    groups.of(directoryOf(request).list()),
  );

  app.put<{ Params: GroupPath; Body: GroupRequest }>(
    '/device-groups/:group',
    { schema: schemas.put },
    async (request) => {
      const { devices = [], users = [] } = request.body;
      const { group } = request.params;
      directoryOf(request).set(group, { devices, users });
      return groupView.of([group, { devices, users }]);
    },
  );

  app.get<{ Params: GroupPath }>('/device-groups/:group', { schema: schemas.show }, async (request) => {
    const { group } = request.params;
    return groupView.of([group, directoryOf(request).get(group)]);
  });

  app.delete<{ Params: GroupPath }>(
    '/device-groups/:group',
    { schema: schemas.remove },
    async (request, reply) => {
      directoryOf(request).remove(request.params.group);
      return reply.code(204).send();
    },
  );
}
