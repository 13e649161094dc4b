import { noNamespace } from '../../../base/namespace.js';
import type { NewWebhook, Webhook } from '../../../store/index.js';
import { webhookFrom } from '../../webhooks/request.js';
import { mostWebhooks } from '../../webhooks/routes.js';
import type { Path } from '../document.js';
import { isSame, shownNamespace, type Planning, type Step } from '../planning.js';
import type { SeedWebhook } from '../schema.js';

/**
 * Webhooks. A webhook counts as present if the server has a webhook with the same URL, filter and CA certificates. If the entry has a
 * secret, the secrets must also be the same.
 */
export async function planWebhooks(planning: Planning): Promise<readonly Step[]> {
  const entries = planning.seed.webhooks ?? [];
  if (entries.length === 0) return [];
  const before = await planning.context.store.webhooks();
  const found = new Set<Webhook>();
  const steps: Step[] = [];
  for (const [index, entry] of entries.entries()) {
    const path = ['webhooks', index];
    const step = await planning.attempt(path, () => {
      const namespace = planning.namespaceOf(entry.namespace, path);
      const webhook = webhookOf(planning, entry, namespace);
      const present = before.find((other) => !found.has(other) && isAlike(other, webhook, entry));
      if (present) found.add(present);
      else if (entry.secret === undefined) planning.warnings.push(withoutSecret(planning, path));
      return stepOf(planning, path, { webhook, namespace, isThere: present !== undefined });
    });
    if (step) steps.push(step);
  }
  const added = steps.filter(({ make }) => make).length;
  if (added > 0 && before.length + added > mostWebhooks)
    planning.problems.push(
      planning.document.problem(
        ['webhooks'],
        `the server would have more than ${mostWebhooks} webhooks`,
        'remove some',
      ),
    );
  return steps;
}

/** @throws Problem 400 */
function webhookOf({ context }: Planning, entry: SeedWebhook, namespace: string): NewWebhook {
  const { namespace: _, ...body } = entry;
  const scope = namespace === noNamespace ? undefined : namespace;
  return webhookFrom(body, scope, context.clock.now().getTime());
}

function isAlike(before: Webhook, webhook: NewWebhook, { secret }: SeedWebhook): boolean {
  const isSecret = secret === undefined || secret === before.secret;
  return isSecret && isSame(settingsOf(before), settingsOf(webhook));
}

/** The settings that distinguish two webhooks, besides their secrets. */
const settingsOf = ({ url, events, eid, iccid, matchingId, operator, namespace, ca }: NewWebhook) => ({
  ...{ url, eid, iccid, matchingId, operator, namespace, ca },
  events: [...events].sort(),
});

const withoutSecret = ({ document }: Planning, path: Path) =>
  document.problem(
    [...path, 'secret'],
    'is missing. The server makes a secret that nobody sees, so the receiver cannot check the signatures of the messages',
    'write whsec_ and the output of: openssl rand -base64 32',
  );

interface Planned {
  readonly webhook: NewWebhook;
  readonly namespace: string;
  readonly isThere: boolean;
}

const stepOf = (
  { context: { store } }: Planning,
  path: Path,
  { webhook, namespace, isThere }: Planned,
): Step => ({
  path,
  items: [
    {
      section: 'webhooks',
      name: webhook.url.replace(/\?.*/, ''),
      namespace: shownNamespace(namespace),
      outcome: isThere ? 'present' : 'added',
    },
  ],
  make: isThere
    ? undefined
    : async (undo) => {
        const { id } = await store.addWebhook(webhook);
        undo.add(() => store.deleteWebhook(id));
      },
});
