import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** A message as it is signed. */
export interface SignedMessage {
  /** The same for every attempt. */
  readonly id: string;
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number;
  readonly body: string;
}

/** Headers of a message, by Standard Webhooks: HMAC-SHA-256 over `<id>.<timestamp>.<body>`. */
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
