import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { baseUrl } from '../base/base-url.js';
import { answerIn, requestOf, type ControlCall, type ControlCalls } from '../server/index.js';
import {
  ConnectionClosed,
  ConnectionError,
  notAMock,
  tokenDemanded,
  unanswered,
} from './connection-error.js';

/** The control API of a server elsewhere. */
export interface HttpCalls extends ControlCalls {
  /** Ends what is under way, and idle connections; no call can be made after it. @param why what those are told who still wait */
  close(why?: Error): void;
}

/**
 * Makes calls over HTTP, on connections that are kept.
 *
 * @param url of the operator-facing listener, with the path below which a proxy serves it
 * @returns calls raise ConnectionError where nobody answers, or somebody else does
 */
export function httpCalls(url: URL, token: string | undefined): HttpCalls {
  const base = baseUrl(url);
  const secure = url.protocol === 'https:';
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = secure ? httpsRequest : httpRequest;
  let closed: Error | undefined;
  const underWay = new Set<{ destroy(error: Error): unknown }>();

  const open = (call: ControlCall, signal?: AbortSignal): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      const { method, path, headers = {}, body } = requestOf(call, token);
      const sent = request(base + path, { method, agent, headers, ...(signal && { signal }) });
      let ofBody: Error | undefined;
      underWay.add(sent);
      sent.once('error', (error) => {
        underWay.delete(sent);
        reject(ofBody ?? inWords(error, base));
      });
      sent.once('response', (answer) => {
        underWay.delete(sent);
        underWay.add(answer);
        answer.once('close', () => underWay.delete(answer));
        const trouble = troubleWith(answer, base, token);
        if (!trouble) return resolve(answer);
        answer.resume();
        reject(trouble);
      });
      if (body instanceof Readable) body.once('error', (error) => sent.destroy((ofBody = error))).pipe(sent);
      else sent.end(body);
    });

  return {
    open,
    async call(call) {
      const message = await open(call);
      try {
        return await answerIn(message);
      } catch (error) {
        throw inWords(error as Error, base);
      }
    },
    close(why = new ConnectionClosed()) {
      closed ??= why;
      for (const one of underWay) one.destroy(why);
      agent.destroy();
    },
  };
}

const inWords = (error: Error, base: string): Error =>
  error instanceof ConnectionError ? error : unanswered(base, error);

/** Whoever is no mock-smdp, or does not let us in, has not answered the call. */
function troubleWith(
  { headers, statusCode: status = 0 }: IncomingMessage,
  base: string,
  token: string | undefined,
): ConnectionError | undefined {
  if (headers['x-mock-smdp'] === undefined) return notAMock(base, status);
  return status === 401 ? tokenDemanded(base, token !== undefined) : undefined;
}
