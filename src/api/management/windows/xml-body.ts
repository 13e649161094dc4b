import type { FastifyInstance } from 'fastify';
import { xmlLimits } from '../../../device/management/index.js';
import { Problem } from '../../http/problem.js';

/** Media type of SyncML documents of OMA-DM. */
export const syncMlType = 'application/vnd.syncml.dm+xml';

/** Accepts any body except JSON as a document in UTF-8, because clients send XML under many media types. */
export function takeDocuments(app: FastifyInstance): void {
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: xmlLimits.octets },
    (_request, body, parsed) => {
      try {
        parsed(null, new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer));
      } catch {
        parsed(new Problem(400, 'the body is not UTF-8; WBXML and UTF-16 are not supported'));
      }
    },
  );
}
