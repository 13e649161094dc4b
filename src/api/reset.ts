import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { removeProfiles } from '../orders/index.js';
import type { Store } from '../store/index.js';
import type { ControlContext } from './context.js';
import { noContent, problemResponses } from './http/problem.js';
import { requestedNamespace, scopeOf, type Scope } from './scope.js';
import { keepable, type KeptByReset, type Testing } from './testing.js';

export const ResetRequest = Type.Object(
  {
    keep: Type.Optional(
      Type.Array(Type.Enum([...keepable], { description: `one of ${keepable.join(', ')}` }), {
        description: `a list of the parts to keep: ${keepable.join(', ')}; default: none`,
      }),
    ),
  },
  { additionalProperties: false },
);
export type ResetRequest = Static<typeof ResetRequest>;

/**
 * `POST /reset`: returns the server to its seed. If the call names a namespace, the server empties that namespace and
 * changes nothing else.
 */
export function reset(
  app: FastifyInstance,
  { context, testing }: { context: ControlContext; testing: Testing },
  done: () => void,
): void {
  const schema = {
    tags: ['testing'],
    summary:
      'Return the server to its seed: profiles, sessions, notifications, fault rules, webhooks, journal, clock, virtual devices; with a namespace, empty only that namespace',
    body: ResetRequest,
    response: { ...noContent, ...problemResponses },
  };
  app.post<{ Body: ResetRequest }>('/reset', { schema }, async (request, reply) => {
    const { keep = [] } = request.body;
    const namespace = requestedNamespace(request);
    // Devices are removed first, because a running device would write to the journal and the store.
    if (!keep.includes('devices')) {
      context.devices?.clear(namespace);
      context.management?.clear(namespace);
    }
    if (namespace === undefined) await testing.reset(keep);
    else {
      await empty(scopeOf(context, request), namespace, keep);
      await context.everywhere?.('settings');
    }
    return reply.code(204).send();
  });
  done();
}

/** Removes everything in a namespace. The clock, profile types and operators belong to no namespace. */
async function empty(
  { store, faults, journal }: Scope,
  namespace: string,
  keep: readonly KeptByReset[],
): Promise<void> {
  if (!keep.includes('faults')) {
    await faults.remove();
    await faults.resetScenarios();
  }
  if (!keep.includes('webhooks')) await removeWebhooks(store, namespace);
  const pools = await store.poolNames();
  if (pools.length > 0) await store.commit(pools.map((pool) => ({ kind: 'deleteMdmList' as const, pool })));
  await removeProfiles(store, {});
  if (keep.includes('journal')) return;
  await journal.catchUp();
  journal.remove();
}

async function removeWebhooks(store: Store, namespace: string): Promise<void> {
  for (const webhook of await store.webhooks())
    if (webhook.namespace === namespace) await store.deleteWebhook(webhook.id);
}
