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

/** The control API of a server in another process. */
export interface HttpCalls extends ControlCalls {
  /**
   * Ends running calls and closes all connections. Later calls fail. @param why the error with which running calls fail
   */
  close(why?: Error): void;
}

/**
 * Makes calls over HTTP, on persistent connections.
 *
 * @param url URL of the operator-facing listener. Behind a proxy, the URL includes the path prefix of the proxy
 * @returns calls that throw ConnectionError if no mock-smdp answers
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
        troubleWith(answer, base, token).then((trouble) => {
          if (!trouble) return resolve(answer);
          answer.resume();
          return reject(trouble);
        }, reject);
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

/**
 * The error for an answer that requires a token or does not come from a mock-smdp. `undefined` for any other answer.
 */
async function troubleWith(
  answer: IncomingMessage,
  base: string,
  token: string | undefined,
): Promise<ConnectionError | undefined> {
  const { headers, statusCode: status = 0 } = answer;
  if (headers['x-mock-smdp'] === undefined) return notAMock(base, status, headers['content-type'] ?? '');
  return status === 401 ? tokenDemanded(base, token !== undefined, (await answerIn(answer)).body) : undefined;
}
