import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { DevicePark } from '../../../device/park/index.js';
import type { ManagementSystems } from '../../../device/management/index.js';
import { DevicePath, findDevice } from '../../devices/lookup.js';
import { problemResponses } from '../../http/problem.js';
import { requirePc } from '../lookup.js';
import { syncMlType, takeDocuments } from './xml-body.js';

/** `POST /devices/{device}/syncml`: a document of an MDM server to a Windows PC. */
export function syncMl(
  app: FastifyInstance,
  { park, systems }: { park: DevicePark; systems: ManagementSystems },
  done: () => void,
): void {
  takeDocuments(app);
  const document = { schema: Type.String({ description: 'a SyncML document of OMA-DM 1.2' }) };
  const schema = {
    tags: ['mdm'],
    summary: 'Send a SyncML document to a virtual Windows PC, and get its answer',
    params: DevicePath,
    body: { content: { [syncMlType]: document, 'text/xml': document } },
    response: { 200: { content: { [syncMlType]: document } }, ...problemResponses },
  };
  app.post('/devices/:device/syncml', { schema }, async (request, reply) => {
    const pc = requirePc(systems, findDevice(park, request));
    const { body } = request;
    return reply.type(syncMlType).send(pc.receive(typeof body === 'string' ? body : ''));
  });
  done();
}
