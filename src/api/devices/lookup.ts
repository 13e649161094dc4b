import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { nearest } from '../../base/did-you-mean.js';
import { whereIfElsewhere, type DevicePark, type ParkedDevice } from '../../device/park/index.js';
import { Problem } from '../http/problem.js';
import { requestedNamespace } from '../scope.js';

/** Path parameters of calls about one device. */
export const DevicePath = Type.Object({
  device: Type.String({ description: 'the name of the device, or its EID' }),
});
export type DevicePath = Static<typeof DevicePath>;

/** @throws Problem 404 if there is no such device in the namespace of the call */
export function findDevice(park: DevicePark, request: FastifyRequest): ParkedDevice {
  const { device: which } = request.params as DevicePath;
  const namespace = requestedNamespace(request);
  const found = park.find(which, namespace);
  if (found) return found;
  const elsewhere = park.find(which);
  if (elsewhere && namespace !== undefined)
    throw new Problem(
      404,
      `the namespace '${namespace}' has no device '${which.slice(0, 64)}', but there is one${whereIfElsewhere(elsewhere, namespace)}`,
    );
  const meant = nearest(
    which,
    park.list(namespace).map(({ name }) => name),
  );
  throw new Problem(
    404,
    `there is no device '${which.slice(0, 64)}'${meant ? `; did you mean '${meant}'?` : '; POST /devices makes one'}`,
  );
}

/** The path of a device. */
export const locationOfDevice = ({ name }: ParkedDevice): string =>
  `/api/v1/devices/${encodeURIComponent(name)}`;
