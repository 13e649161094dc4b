import type { FastifyInstance } from 'fastify';
import { mostCodes } from '../../pools/list/index.js';
import { Problem } from '../http/problem.js';

/**
 * Maximum number of octets in a list: ten times the size of the longest valid list. Up to this size, the error for too many codes says how
 * many codes the list has.
 */
export const largestList = 1024 * 1024;

/** Accepts any body that is not JSON as a list of codes, because clients send CSV under many media types. */
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
    `a list has at most ${mostCodes} codes, which is less than 100 kB; this list has more than 1 MB`,
  );
