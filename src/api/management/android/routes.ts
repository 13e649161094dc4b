import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { Clock } from '../../../base/clock.js';
import { AndroidDevice } from '../../../device/management/android/index.js';
import type { DevicePark, ParkedDevice } from '../../../device/park/index.js';
import { DevicePath } from '../../devices/lookup.js';
import { listView } from '../../http/lists.js';
import { Problem, problemResponses } from '../../http/problem.js';
import { findManaged, perDevice } from '../platform.js';
import { AndroidCommandRequest, commandOf } from './request.js';
import { AndroidSettingsChange, AndroidSettingsView } from './settings.js';
import { androidDevice, AndroidDeviceView, androidOperation, AndroidOperation } from './view.js';

const OperationPath = Type.Object({
  ...DevicePath.properties,
  operation: Type.Integer({ minimum: 1, description: 'the number of a command of this device' }),
});
type OperationPath = Static<typeof OperationPath>;

const operationList = listView(androidOperation);

const schemaOf = (summary: string, answer: object, more: object = {}) => ({
  ...{ tags: ['mdm'], summary, params: DevicePath },
  ...more,
  response: { 200: answer, ...problemResponses },
});

const schemas = {
  issue: schemaOf(
    'Send an eSIM command of the Android Management API to an Android device',
    AndroidOperation,
    {
      body: AndroidCommandRequest,
    },
  ),
  show: schemaOf('Show an Android device as its management system sees it', AndroidDeviceView),
  list: schemaOf('List the commands of an Android device', operationList.schema),
  operation: schemaOf('Show a command and its status', AndroidOperation, { params: OperationPath }),
  settings: schemaOf('Show the settings of an Android device', AndroidSettingsView),
  change: schemaOf('Change the settings of an Android device', AndroidSettingsView, {
    body: AndroidSettingsChange,
  }),
};

/** `/devices/{device}/android`: the eSIM commands of the Android Management API. */
export function android(
  app: FastifyInstance,
  { park, clock }: { park: DevicePark; clock: Clock },
  done: () => void,
): void {
  const managed = perDevice((device) => new AndroidDevice(device, clock));
  const named = (request: FastifyRequest): { parked: ParkedDevice; device: AndroidDevice } => {
    const parked = findManaged(park, request, 'android');
    return { parked, device: managed(parked) };
  };
  const path = '/devices/:device/android';

  app.post<{ Body: AndroidCommandRequest }>(path, { schema: schemas.issue }, async (request) => {
    const { parked, device } = named(request);
    return androidOperation.of({ device: parked, issued: device.issue(commandOf(request.body)) });
  });

  app.get(path, { schema: schemas.show }, async (request) => androidDevice.of(named(request)));

  app.get(`${path}/operations`, { schema: schemas.list }, async (request) => {
    const { parked, device } = named(request);
    return operationList.of(device.commands.map((issued) => ({ device: parked, issued })));
  });

  app.get(`${path}/operations/:operation`, { schema: schemas.operation }, async (request) => {
    const { parked, device } = named(request);
    const { operation } = request.params as OperationPath;
    const issued = device.command(operation);
    if (!issued) throw new Problem(404, `device '${parked.name}' has no command ${operation}`);
    return androidOperation.of({ device: parked, issued });
  });

  app.get(`${path}/settings`, { schema: schemas.settings }, async (request) => ({
    ...named(request).device.settings,
  }));

  app.put<{ Body: AndroidSettingsChange }>(
    `${path}/settings`,
    { schema: schemas.change },
    async (request) => {
      const { device } = named(request);
      device.configure(request.body);
      return { ...device.settings };
    },
  );
  done();
}
