import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import {
  triesWithoutPause,
  type DeviceRecord,
  type ManagementSystems,
  type ManagementSystem,
  type WindowsPc,
  type WindowsSettings,
} from '../../device/management/index.js';
import type { DevicePark, ParkedDevice } from '../../device/park/index.js';
import { DevicePath, findDevice } from '../devices/lookup.js';
import { fieldProblem, noContent, problemResponses } from '../http/problem.js';
import { requestedNamespace } from '../scope.js';
import { requirePc, untilIdle, WaitForWork } from './lookup.js';
import { managedView, ManagedDeviceView } from './record-view.js';
import { WindowsSettingsChange } from './windows/settings.js';

/** Body of `PUT /devices/{device}/management`. */
export const ManagementChange = Type.Object(
  {
    user: Type.Optional(Type.String({ maxLength: 200, description: 'who enrolled the device' })),
    windows: Type.Optional(WindowsSettingsChange),
  },
  { additionalProperties: false },
);
export type ManagementChange = Static<typeof ManagementChange>;

const Nothing = Type.Object({}, { additionalProperties: false });

const tags = ['mdm'];
const answers = { 200: ManagedDeviceView, ...problemResponses };
const schemas = {
  show: {
    ...{ tags, params: DevicePath, querystring: WaitForWork, response: answers },
    summary: 'Show a device as its management system sees it, with the newest documents',
  },
  change: {
    ...{ tags, params: DevicePath, body: ManagementChange, response: answers },
    summary: 'Change the user and the settings of a managed device',
  },
  forget: {
    ...{ tags, params: DevicePath, response: { ...noContent, ...problemResponses } },
    summary: "Delete the management system's record of a device; the device stays as it is",
  },
};

/** Actions that the management system or the user takes on a device. */
const actions = {
  'check-in': [
    'Let a device contact the management system: the device receives its policies and reports their state',
    (system, name) => system.checkIn(name),
  ],
  enrol: ['Enrol a device again', (system, name) => system.enrol(name)],
  retire: ['Retire a device', (system, name) => system.end(name, 'retire')],
  unenrol: ['Let the user end the management of a device', (system, name) => system.end(name, 'unenrol')],
  wipe: ['Wipe a device', (system, name) => system.end(name, 'wipe')],
  'reset-euicc': [
    'Let the management system reset the eUICC of a PC (ResetToFactoryState)',
    (system, name) => system.resetEuicc(name),
  ],
} as const satisfies Record<
  string,
  readonly [summary: string, act: (system: ManagementSystem, name: string) => DeviceRecord]
>;

export type ManagementAction = keyof typeof actions;

interface Surroundings {
  readonly park: DevicePark;
  readonly systems: ManagementSystems;
  readonly closing: AbortSignal;
}

/** `/devices/{device}/management`: a device as its management system sees it, and actions on it. */
export function managedDevices(app: FastifyInstance, { park, systems, closing }: Surroundings): void {
  const systemOf = (request: FastifyRequest): ManagementSystem => systems.system(requestedNamespace(request));
  const shown = (parked: ParkedDevice, record: DeviceRecord): ManagedDeviceView =>
    managedView.of({ record, pc: systems.pc(parked) });
  const worked = async (reply: FastifyReply, parked: ParkedDevice): Promise<void> => {
    const pc = systems.pc(parked);
    if (pc) await untilIdle(reply, [pc], closing);
  };

  app.get<{ Querystring: WaitForWork }>(
    '/devices/:device/management',
    { schema: schemas.show },
    async (request, reply) => {
      const parked = findDevice(park, request);
      if (request.query.wait) await worked(reply, parked);
      return shown(parked, systemOf(request).record(parked.name));
    },
  );

  app.put<{ Body: ManagementChange }>(
    '/devices/:device/management',
    { schema: schemas.change },
    async (request) => {
      const parked = findDevice(park, request);
      const { user, windows } = request.body;
      if (windows) configure(requirePc(systems, parked), windows as Partial<WindowsSettings>);
      const record = systemOf(request).record(parked.name);
      if (user !== undefined) record.user = user;
      return shown(parked, record);
    },
  );

  app.delete('/devices/:device/management', { schema: schemas.forget }, async (request, reply) => {
    systemOf(request).removeRecord(findDevice(park, request).name);
    return reply.code(204).send();
  });

  for (const [action, [summary, act]] of Object.entries(actions)) {
    const schema = {
      ...{ tags, summary, params: DevicePath, querystring: WaitForWork, body: Nothing, response: answers },
    };
    app.post<{ Querystring: WaitForWork }>(
      `/devices/:device/management/${action}`,
      { schema },
      async (request, reply) => {
        const parked = findDevice(park, request);
        const system = systemOf(request);
        let record = act(system, parked.name);
        if (request.query.wait) {
          await worked(reply, parked);
          if (record.enrolment === 'enrolled' && action !== 'enrol') record = system.checkIn(parked.name);
        }
        return shown(parked, record);
      },
    );
  }
}

/** @throws Problem 400 if the PC would then try again and again without a pause */
function configure(pc: WindowsPc, change: Partial<WindowsSettings>): void {
  if (triesWithoutPause({ ...pc.settings, ...change }))
    throw fieldProblem(
      'windows.retrySeconds',
      'must be at least 1 while maximumAttempts is 0 (no limit)',
      'give retrySeconds of 1 or more, or a limit (maximumAttempts)',
    );
  pc.configure(change);
}
