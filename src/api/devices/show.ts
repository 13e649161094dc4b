import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { DevicePark } from '../../device/park/index.js';
import { listView } from '../http/lists.js';
import { noContent, Problem, problemResponses } from '../http/problem.js';
import { requestedNamespace } from '../scope.js';
import { DevicePath, findDevice, locationOfDevice } from './lookup.js';
import { notificationView } from './notification-view.js';
import { deviceDetails, DeviceDetails, deviceView } from './view.js';
import { answerWith, operationResponses, WaitQuery } from './wait.js';

/** Path parameters of calls about one operation. */
const OperationPath = Type.Object({
  ...DevicePath.properties,
  operation: Type.Integer({ minimum: 1, description: 'the number of an operation of this device' }),
});
type OperationPath = Static<typeof OperationPath>;

const list = listView(deviceView);
const notificationList = listView(notificationView);

const tags = ['devices'];
const schemas = {
  list: { tags, summary: 'List virtual devices', response: { 200: list.schema, ...problemResponses } },
  show: {
    tags,
    summary: 'Show a device with its profiles and operations',
    params: DevicePath,
    response: { 200: DeviceDetails, ...problemResponses },
  },
  remove: {
    tags,
    summary: 'Delete a device; its running operation fails',
    params: DevicePath,
    response: { ...noContent, ...problemResponses },
  },
  notifications: {
    tags,
    summary: 'List the notifications that wait on the eUICC of a device',
    params: DevicePath,
    response: { 200: notificationList.schema, ...problemResponses },
  },
  operation: {
    tags,
    summary:
      'Show an operation of a device; with `wait`, the server answers when the operation has ended or the device asks its user',
    params: OperationPath,
    querystring: WaitQuery,
    response: operationResponses,
  },
};

/** `GET /devices`, `GET` and `DELETE /devices/{device}`, its notifications and its operations. */
export function showDevices(app: FastifyInstance, park: DevicePark, closing: AbortSignal): void {
  app.get('/devices', { schema: schemas.list }, async (request) =>
    list.of(park.list(requestedNamespace(request))),
  );

  app.get('/devices/:device', { schema: schemas.show }, async (request) =>
    deviceDetails.of(findDevice(park, request)),
  );

  app.delete('/devices/:device', { schema: schemas.remove }, async (request, reply) => {
    park.remove(findDevice(park, request));
    return reply.code(204).send();
  });

  app.get('/devices/:device/notifications', { schema: schemas.notifications }, async (request) =>
    notificationList.of(findDevice(park, request).device.notifications()),
  );

  app.get<{ Params: OperationPath; Querystring: WaitQuery }>(
    '/devices/:device/operations/:operation',
    { schema: schemas.operation },
    async (request, reply) => {
      const parked = findDevice(park, request);
      const { operation: id } = request.params;
      const operation = parked.operations.find(({ record }) => record.id === id);
      if (!operation)
        throw new Problem(
          404,
          `device '${parked.name}' has no operation ${id}; GET ${locationOfDevice(parked)} lists the operations that the server still has`,
        );
      return answerWith(reply, parked, operation, request.query, closing);
    },
  );
}
