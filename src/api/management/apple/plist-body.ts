import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { plistLimits } from '../../../device/management/apple/index.js';
import { Problem } from '../../http/problem.js';

/** Accepts any body except JSON as a property list, because clients send XML under many media types. */
export function takePlists(app: FastifyInstance): void {
  app.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: plistLimits.octets },
    (request, body, parsed) => {
      if (request.headers['content-type']?.startsWith('multipart/'))
        parsed(
          new Problem(415, 'send the property list itself, not a form: curl --data-binary @command.plist'),
        );
      else parsed(null, body);
    },
  );
}

/** The text of the body; empty if there is none. @throws Problem 415 for JSON */
export function plistIn({ body }: FastifyRequest): string {
  if (typeof body === 'string') return body;
  if (typeof body === 'object' && body !== null && Object.keys(body).length === 0) return '';
  throw new Problem(415, 'the body is JSON; send an XML property list as application/xml');
}

/**
 * Turns the error for a body that is too large into a problem that names the limit. Returns any other error unchanged.
 */
export const problemOfPlist = (error: unknown): unknown =>
  (error as Partial<FastifyError>).code === 'FST_ERR_CTP_BODY_TOO_LARGE'
    ? new Problem(413, `the body is too large; a property list has at most ${plistLimits.octets} octets`)
    : error;
