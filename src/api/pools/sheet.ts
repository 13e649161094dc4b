import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { PoolPath, requirePool } from './lookup.js';
import { sheetOf } from './sheet-html.js';

/** `GET /pools/{name}/sheet.html`: a sheet to print, with QR codes of all usable activation codes. */
export function sheet(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['pools'],
    summary: 'Printable sheet of QR codes',
    params: PoolPath,
    response: { 200: { content: { 'text/html': { schema: Type.String() } } }, ...problemResponses },
  };
  app.get<{ Params: PoolPath }>('/pools/:name/sheet.html', { schema }, async (request, reply) => {
    const { name } = request.params;
    const { store, smdp } = scopeOf(context, request);
    await requirePool(store, name);
    return reply.type('text/html; charset=utf-8').send(Readable.from(sheetOf(store, name, smdp.address)));
  });
}
