import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { version } from '../../base/version.js';
import type { Webhook } from '../../store/index.js';
import { signedHeaders } from './signature.js';

/** The default time that a webhook has to answer, in milliseconds. */
export const defaultAnswerTimeout = 10_000;

/** The connections to one webhook. */
export interface WebhookClient {
  /**
   * Posts a message. Does not follow redirects.
   *
   * @returns the HTTP status
   * @throws Error if no answer arrives in time, or if the connection fails
   */
  post(message: { readonly id: string; readonly body: string }, signal: AbortSignal): Promise<number>;
  close(): void;
}

/**
 * Prepares the connections to a webhook. Opens no connection before the first message.
 *
 * @param width maximum number of connections that are open at a time
 * @param timeout how long the webhook may take to answer, in milliseconds
 */
export function connectWebhook(
  { url, secret, ca }: Pick<Webhook, 'url' | 'secret' | 'ca'>,
  width: number,
  timeout = defaultAnswerTimeout,
): WebhookClient {
  const isHttps = url.startsWith('https:');
  const pool = { keepAlive: true, maxSockets: width };
  const agent = isHttps ? new HttpsAgent({ ...pool, ...(ca !== null && { ca }) }) : new HttpAgent(pool);
  const send = isHttps ? httpsRequest : httpRequest;
  return {
    post: ({ id, body }, signal) =>
      new Promise((resolve, reject) => {
        const expiry = AbortSignal.timeout(timeout);
        const request = send(url, {
          method: 'POST',
          agent,
          signal: AbortSignal.any([signal, expiry]),
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(body),
            'User-Agent': `mock-smdp/${version}`,
            ...signedHeaders(secret, { id, body, timestamp: Math.floor(Date.now() / 1000) }),
          },
        });
        request.on('error', (error) =>
          reject(expiry.aborted ? new Error(`no answer within ${timeout / 1000} seconds`) : error),
        );
        request.on('response', (response) => {
          // Only the status matters, so the body is not read: it could be of any length.
          response.on('error', () => undefined).destroy();
          resolve(response.statusCode ?? 0);
        });
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Whether a webhook accepted a message. */
export const isAccepted = (status: number): boolean => status >= 200 && status <= 299;
