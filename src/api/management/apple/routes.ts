import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { appleDeviceOf, PlistError, type AppleDevice } from '../../../device/management/apple/index.js';
import type { DevicePark } from '../../../device/park/index.js';
import { DevicePath } from '../../devices/lookup.js';
import { answerError } from '../../http/error-handler.js';
import { Problem, problemResponses } from '../../http/problem.js';
import { findManaged } from '../platform.js';
import { plistIn, problemOfPlist, takePlists } from './plist-body.js';
import { AppleSettingsChange, AppleSettingsView } from './settings.js';

const tags = ['mdm'];
const params = DevicePath;
const plistType = 'application/xml';

const schemas = {
  plist: {
    tags,
    summary:
      "Send a command of Apple's MDM protocol to a device: RefreshCellularPlans, DeviceInformation, EraseDevice",
    params,
    response: {
      200: { content: { [plistType]: { schema: Type.String({ description: 'an XML property list' }) } } },
      ...problemResponses,
    },
  },
  settings: {
    tags,
    summary: 'Show the settings of an Apple device',
    params,
    response: { 200: AppleSettingsView, ...problemResponses },
  },
  change: {
    tags,
    summary: 'Change the settings of an Apple device',
    params,
    body: AppleSettingsChange,
    response: { 200: AppleSettingsView, ...problemResponses },
  },
};

/** `POST /devices/{device}/plist`, `GET` and `PUT /devices/{device}/apple/settings`. */
export function apple(app: FastifyInstance, { park }: { park: DevicePark }, done: () => void): void {
  takePlists(app);
  app.setErrorHandler((error, request, reply) => answerError(problemOfPlist(error), request, reply));
  const managed = appleDeviceOf;

  app.post('/devices/:device/plist', { schema: schemas.plist }, async (request, reply) => {
    const device = managed(findManaged(park, request, 'apple'));
    return reply.type(`${plistType}; charset=utf-8`).send(answerTo(device, plistIn(request)));
  });

  app.get('/devices/:device/apple/settings', { schema: schemas.settings }, async (request) => ({
    ...managed(findManaged(park, request, 'apple')).settings,
  }));

  app.put<{ Body: AppleSettingsChange }>(
    '/devices/:device/apple/settings',
    { schema: schemas.change },
    async (request) => {
      const device = managed(findManaged(park, request, 'apple'));
      device.configure(request.body);
      return { ...device.settings };
    },
  );
  done();
}

/** @throws Problem 400 if the text is not a property list */
function answerTo(device: AppleDevice, text: string): string {
  try {
    return device.receive(text);
  } catch (error) {
    if (!(error instanceof PlistError)) throw error;
    const { reason, line, column } = error;
    throw new Problem(400, `the body is not an XML property list: ${error.message}`, [
      { field: 'body', line, column, message: reason },
    ]);
  }
}
