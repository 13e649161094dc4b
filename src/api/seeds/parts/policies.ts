import type { ManagementSystem } from '../../../device/management/index.js';
import { contentOf } from '../../management/policy-body.js';
import type { Path } from '../document.js';
import { isSame, scopeIn, shownNamespace, type Planning, type Step } from '../planning.js';
import type { SeedGroup, SeedPolicy } from '../schema.js';

/** Groups of devices. */
export async function planGroups(planning: Planning): Promise<readonly Step[]> {
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.deviceGroups ?? []).entries()) {
    const path = ['deviceGroups', index];
    const step = await planning.attempt(path, () => {
      const namespace = planning.namespaceOf(entry.namespace, path);
      planning.requireNew(names, `${namespace} ${entry.name}`, path, 'the group');
      return planGroup(planning, entry, namespace, path);
    });
    if (step) steps.push(step);
  }
  return steps;
}

function planGroup(planning: Planning, entry: SeedGroup, namespace: string, path: Path): Step {
  const { name, devices = [], users = [] } = entry;
  const directory = () => systemOf(planning, namespace, path).directory;
  const before = directory()
    .list()
    .find(([known]) => known === name)?.[1];
  const isThere = before !== undefined && isSame(before, { devices, users });
  const outcome = before === undefined ? 'added' : isThere ? 'present' : 'changed';
  return {
    path,
    items: [{ section: 'deviceGroups', name, namespace: shownNamespace(namespace), outcome }],
    make: isThere
      ? undefined
      : (undo) => {
          directory().set(name, { devices, users });
          undo.add(() => (before ? directory().set(name, before) : directory().remove(name)));
        },
  };
}

/** Policies of the management system. */
export async function planPolicies(planning: Planning): Promise<readonly Step[]> {
  const names = new Set<string>();
  const steps: Step[] = [];
  for (const [index, entry] of (planning.seed.policies ?? []).entries()) {
    const path = ['policies', index];
    const step = await planning.attempt(path, async () => {
      const namespace = planning.namespaceOf(entry.namespace, path);
      planning.requireNew(names, `${namespace} ${entry.name}`, path, 'the policy');
      return planPolicy(planning, entry, namespace, path);
    });
    if (step) steps.push(step);
  }
  return steps;
}

async function planPolicy(
  planning: Planning,
  entry: SeedPolicy,
  namespace: string,
  path: Path,
): Promise<Step> {
  const { name, namespace: _, ...body } = entry;
  const { include = [], exclude = [] } = body;
  const system = () => systemOf(planning, namespace, path);
  const before = system()
    .policies()
    .find((policy) => policy.name === name);
  const { pool } = body.activationCodes ?? {};
  // If the seed itself makes the pool, the policy's codes are read when the seed is applied.
  const isOfSeed = pool !== undefined && planning.pools.has(`${namespace} ${pool}`);
  const content = isOfSeed ? undefined : (await contentOf(body, planning.scope(namespace))).content;
  // A policy with other codes of the same pool counts as the same policy, because devices use up the codes.
  const hasContent =
    pool === undefined
      ? isSame(before?.content ?? null, content)
      : before?.content.kind === 'activationCodes';
  const isThere = before !== undefined && hasContent && isSame(before.assignment, { include, exclude });
  const outcome = before === undefined ? 'added' : isThere ? 'present' : 'changed';
  return {
    path,
    items: [{ section: 'policies', name, namespace: shownNamespace(namespace), outcome }],
    make: isThere
      ? undefined
      : async (undo) => {
          const { content: present } = await contentOf(body, scopeIn(planning.context, namespace));
          system().put(name, present, { include, exclude });
          undo.add(() =>
            before ? system().put(name, before.content, before.assignment) : system().remove(name),
          );
        },
  };
}

/** The management system of a namespace. @throws SeedError if the server has none */
function systemOf({ context, document }: Planning, namespace: string, path: Path): ManagementSystem {
  if (context.management) return context.management.system(namespace);
  throw document.error(path, 'this server has no device management');
}
