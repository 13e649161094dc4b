import { randomBytes } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { canonicalNamespace, namespaceForm } from '../../base/namespace.js';
import type { NewWebhook } from '../../store/index.js';
import { requireCertificates, requireUrl } from '../http/field-checks.js';
import { fieldProblem } from '../http/problem.js';

/** The events that a webhook can receive. */
export const webhookEvents = [
  'profile.state',
  'session.end',
  'callback.sent',
  'callback.failed',
  'fault.hit',
] as const;

const pattern = (what: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: `only events about ${what}; * matches any characters; default: all`,
    }),
  );

/** Body of `POST /webhooks`. */
export const WebhookRequest = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 2048,
      description: 'the URL to which the messages are posted, http or https, without user name and fragment',
    }),
    events: Type.Optional(
      Type.Array(Type.Enum([...webhookEvents], { description: `one of ${webhookEvents.join(', ')}` }), {
        minItems: 1,
        maxItems: 20,
        description: `a list of events: ${webhookEvents.join(', ')}; default: all`,
      }),
    ),
    eid: pattern('an EID'),
    iccid: pattern('an ICCID'),
    matchingId: pattern('a MatchingID'),
    operator: pattern('the functionRequesterIdentifier of an operator'),
    namespace: Type.Optional(
      Type.String({
        description: `only events about orders of this namespace (${namespaceForm}); default: the namespace in the header X-Mock-Namespace, or all events`,
      }),
    ),
    secret: Type.Optional(
      Type.String({
        description:
          'the secret that signs the messages: whsec_ and base64 of 24 to 64 octets; default: a new one, which only this answer shows',
      }),
    ),
    ca: Type.Optional(
      Type.String({
        maxLength: 1_048_576,
        description:
          'CA certificates in PEM that verify the TLS certificate of the webhook; default: the roots of the system',
      }),
    ),
  },
  { additionalProperties: false, description: 'a webhook' },
);
export type WebhookRequest = Static<typeof WebhookRequest>;

/**
 * Reads a webhook from a body.
 *
 * @param scope the namespace that the call names
 * @throws Problem 400 for an invalid URL, secret, namespace or certificate
 */
export function webhookFrom(body: WebhookRequest, scope: string | undefined, now: number): NewWebhook {
  const { url, events = [], secret = newSecret(), ca = null } = body;
  if (ca !== null) requireCertificates('ca', ca);
  return {
    url: requireUrl('url', url, 'https://ci.example.com/hooks/esim').href,
    events: [...new Set(events)],
    eid: body.eid ?? null,
    iccid: body.iccid ?? null,
    matchingId: body.matchingId ?? null,
    operator: body.operator ?? null,
    namespace: namespaceFor(body.namespace, scope),
    ...{ secret: checkedSecret(secret), ca, createdAt: now },
  };
}

function namespaceFor(given: string | undefined, scope: string | undefined): string | null {
  if (given === undefined) return scope ?? null;
  const name = canonicalNamespace(given);
  if (name === undefined) throw fieldProblem('namespace', 'is not a namespace name', `give ${namespaceForm}`);
  if (scope !== undefined && scope !== name)
    throw fieldProblem('namespace', `differs from the namespace of the call, ${scope}`, 'leave it out');
  return name;
}

const prefix = 'whsec_';
const secretForm = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

/** Always truly random, even if the server has a random seed. */
const newSecret = (): string => prefix + randomBytes(32).toString('base64');

/** The error message does not repeat the secret, because clients log answers. */
function checkedSecret(secret: string): string {
  const octets = secretForm.test(secret) ? Buffer.from(secret.slice(prefix.length), 'base64').length : 0;
  if (octets >= 24 && octets <= 64) return secret;
  throw fieldProblem(
    'secret',
    'is not a secret of 24 to 64 octets',
    'leave it out to get a new one, or write whsec_ and the output of: openssl rand -base64 32',
  );
}
