import type { FastifyInstance } from 'fastify';
import { mostCodes } from '../../pools/list/index.js';
import { Problem } from '../http/problem.js';

/** Most octets of a list: ten times the longest valid list, so that the error for most others can count their codes. */
export const largestList = 1024 * 1024;

/** Accepts any body that is not JSON as a list of codes: clients send CSV under many media types. */
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
