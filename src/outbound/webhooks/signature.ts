import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** The parts of a message that its signature covers. */
export interface SignedMessage {
  /** The same in every attempt to deliver the message. */
  readonly id: string;
  /** The time of this attempt, in seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** The headers that Standard Webhooks requires. The signature is an HMAC-SHA-256 over `<id>.<timestamp>.<body>`. */
export function signedHeaders(
  secret: string,
  { id, timestamp, body }: SignedMessage,
): Record<string, string> {
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
