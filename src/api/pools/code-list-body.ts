import type { FastifyInstance } from 'fastify';
import { mostCodes } from '../../pools/list/index.js';
import { Problem } from '../http/problem.js';

/** More than twenty times what the longest list has: enough to say of how many codes it is too long. */
export const largestList = 1024 * 1024;

/** Takes whatever is not JSON for a list of codes: browsers and curl call a CSV file by many names. */
export function takeCodeLists(app: FastifyInstance): void {
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestList }, (request, body, parsed) => {
    if (request.headers['content-type']?.startsWith('multipart/'))
      parsed(new Problem(415, 'send the list itself, not a form: curl --data-binary @list.csv'));
    else parsed(null, body);
  });
}

export const listTooLarge = (): Problem =>
  new Problem(
    413,
    `a list of codes has at most ${mostCodes} of them, which makes less than 100 kB; this one has more than 1 MB`,
  );
