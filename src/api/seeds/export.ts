import { hostOf } from '../../base/address.js';
import { noNamespace } from '../../base/namespace.js';
import { fromStoredType, operatorDefaults } from '../../orders/index.js';
import type { PolicyContent } from '../../device/management/index.js';
import { firstState } from '../../instruments/faults/index.js';
import {
  profilePages,
  type MdmList,
  type Operator,
  type Profile,
  type Store,
  type StoredProfileType,
  type Webhook,
} from '../../store/index.js';
import { Problem } from '../http/problem.js';
import { hasSecretParameters } from '../profile-types/view.js';
import { isSame, type SeedContext } from './planning.js';
import { given, seedProfile } from './seed-profile.js';
import type { SeedFile, SeedOperator, SeedType, SeedWebhook } from './schema.js';

/**
 * The present state of the server as a seed. A seed has no sessions, one-time keys, notifications, histories or callbacks.
 *
 * @param secrets whether the seed may contain keys, hashes of confirmation codes and secrets of webhooks
 * @throws Problem 409 if the state contains any of these, but `secrets` is false
 */
export async function presentState(context: SeedContext, secrets: boolean): Promise<SeedFile> {
  const { store } = context;
  const types = await store.profileTypes();
  const profiles = await allProfiles(store);
  const webhooks = await store.webhooks();
  if (!secrets) refuseSecrets(types, profiles, webhooks);
  const lists = {
    profileTypes: types.map(seedType),
    operators: (await store.operators()).map(seedOperator),
    profiles: profiles.map(seedProfile),
    pools: (await mdmLists(store)).map(({ namespace, pool, provider }) => ({
      ...namespaceMember(namespace),
      ...{ name: pool, provider, codes: [] },
    })),
    faults: context.faults.all.map(({ rule, namespace }) => ({ ...namespaceMember(namespace), ...rule })),
    scenarios: context.faults
      .scenarios()
      .filter(({ state }) => state !== firstState)
      .map(({ namespace, name, state }) => ({ ...namespaceMember(namespace), name, state })),
    proxyRoutes: (context.routes?.all ?? []).map(({ rule }) => ({ ...rule })),
    webhooks: webhooks.map(seedWebhook),
    ...managed(context),
  };
  return {
    ...switches(context),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
  };
}

const namespaceMember = (namespace: string): { readonly namespace?: string } =>
  namespace === noNamespace ? {} : { namespace };

function switches({ switches: { clock, conduct } }: SeedContext): Pick<SeedFile, 'clock' | 'conduct'> {
  return {
    ...((clock.isFrozen || clock.ahead !== 0) && {
      clock: { now: clock.now().toISOString(), ...(clock.isFrozen && { frozen: true }) },
    }),
    ...(conduct.current !== 'polite' && { conduct: conduct.current }),
  };
}

async function allProfiles(store: Store): Promise<readonly Profile[]> {
  const all: Profile[] = [];
  for await (const profiles of profilePages(store)) all.push(...profiles);
  return all;
}

/** @throws Problem */
function refuseSecrets(
  types: readonly StoredProfileType[],
  profiles: readonly Profile[],
  webhooks: readonly Webhook[],
): void {
  const withKeys = types.filter((type) => {
    const { source } = fromStoredType(type);
    return source.kind === 'uploaded' || hasSecretParameters(source.parameters);
  });
  const ofSubscribers = profiles.filter(({ personal }) => personal !== null).length;
  const withCodes = profiles.filter(({ confirmationCodeHash }) => confirmationCodeHash !== null).length;
  const found = [
    ...withKeys.map(({ name }) => `the keys of profile type '${name}'`),
    ...(ofSubscribers > 0 ? [`the keys of ${some(ofSubscribers, 'subscriber')}`] : []),
    ...(withCodes > 0 ? [`the hashes of ${some(withCodes, 'confirmation code')}`] : []),
    ...(webhooks.length > 0 ? [`the secrets of ${some(webhooks.length, 'webhook')}`] : []),
  ];
  if (found.length > 0)
    throw new Problem(
      409,
      `the state has secrets: ${found.join(', ')}; ask for them with secrets=true (--secrets), and keep the file to yourself`,
    );
}

const some = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function seedType(type: StoredProfileType): SeedType {
  const { name, description, operators, source, metadata, requirements, protection } = fromStoredType(type);
  return {
    name,
    ...(description !== undefined && { description }),
    ...(operators && { operators: [...operators] }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(requirements && { requirements }),
    ...(protection !== 'session' && { protection }),
    ...(source.kind === 'generated'
      ? { parameters: source.parameters }
      : { personalise: source.personalise, package: { base64: source.upp.toString('base64') } }),
  };
}

function seedOperator({ identifier, certificates, updatedAt: _, ...settings }: Operator): SeedOperator {
  const changed = Object.entries(settings).filter(
    ([name, value]) => !isSame(value, operatorDefaults[name as keyof typeof settings]),
  );
  return {
    identifier,
    ...(certificates.length > 0 && { certificates: [...certificates] }),
    ...Object.fromEntries(changed),
  };
}

function seedWebhook({ url, events, secret, namespace, ...filter }: Webhook): SeedWebhook {
  const { eid, iccid, matchingId, operator, ca } = filter;
  return {
    ...given({ namespace }),
    url,
    ...(events.length > 0 && { events: [...events] as NonNullable<SeedWebhook['events']> }),
    ...given({ eid, iccid, matchingId, operator, ca }),
    secret,
  };
}

async function mdmLists(store: Store): Promise<readonly MdmList[]> {
  const lists: MdmList[] = [];
  for (const namespace of [noNamespace, ...(await store.namespaces()).keys()])
    for (const pool of await store.poolNames(namespace)) {
      const list = await store.mdmList(pool, namespace);
      if (list) lists.push(list);
    }
  return lists;
}

function managed({ management }: SeedContext): Required<Pick<SeedFile, 'deviceGroups' | 'policies'>> {
  const systems = management?.namespaces().map((name) => ({ name, system: management.system(name) })) ?? [];
  return {
    deviceGroups: systems.flatMap(({ name: namespace, system }) =>
      system.directory.list().map(([name, { devices, users }]) => ({
        ...namespaceMember(namespace),
        ...{ name, devices: [...devices], users: [...users] },
      })),
    ),
    policies: systems.flatMap(({ name: namespace, system }) =>
      system.policies().map(({ name, content, assignment: { include, exclude } }) => ({
        ...namespaceMember(namespace),
        ...{ name, ...requestFor(content) },
        ...(include.length > 0 && { include: [...include] }),
        ...(exclude.length > 0 && { exclude: [...exclude] }),
      })),
    ),
  };
}

/** The members of a request that makes a policy with this content. */
function requestFor(content: PolicyContent) {
  switch (content.kind) {
    case 'serverUrl':
      return { serverUrl: content.url };
    case 'downloadServer': {
      const { serverNames, isDiscoveryServer, autoEnable, displayLocalUi } = content;
      return {
        downloadServer: { serverName: [...serverNames], isDiscoveryServer, autoEnable, displayLocalUi },
      };
    }
    case 'activationCodes': {
      const rows = content.codes.map(({ iccid, matchingId }) => `${iccid},${matchingId}`);
      return { activationCodes: { csv: [hostOf(content.smdpAddress), ...rows].join('\n') } };
    }
  }
}
