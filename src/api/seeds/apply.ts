import { noNamespace } from '../../base/namespace.js';
import type { SeedDocument } from './document.js';
import { SeedError, type SeedProblem } from './errors.js';
import type { SeedFiles } from './files.js';
import { planFaults } from './parts/faults.js';
import { planManifests } from './parts/manifests.js';
import { planOperators } from './parts/operators.js';
import { planGroups, planPolicies } from './parts/policies.js';
import { planPools } from './parts/pools.js';
import { planProxyRoutes } from './parts/proxy-routes.js';
import { planScenarios } from './parts/scenarios.js';
import { planWebhooks } from './parts/webhooks.js';
import { refuseSeparateState } from './separate-state.js';
import { planProfiles } from './parts/profiles.js';
import { planProfileTypes } from './parts/profile-types.js';
import { planClock, planConduct } from './parts/switches.js';
import { Planning, type SeedContext, type SeedItem, type Step } from './planning.js';
import { seedSections, type SeedSection } from './schema.js';
import { Undo } from './undo.js';

/** What a seed has done, or would do. */
export interface SeedReport {
  /** The `name` in the seed, or the name of its file. */
  readonly name: string;
  readonly dryRun: boolean;
  readonly items: readonly SeedItem[];
  /** What will go wrong because of the seed, for example requests that the server will refuse. */
  readonly warnings: readonly SeedProblem[];
}

export interface SeedOptions {
  readonly files?: SeedFiles | undefined;
  /** Checks everything, but changes nothing. */
  readonly dryRun?: boolean | undefined;
  /** The namespace of entries that name no namespace. Default: none. */
  readonly namespace?: string | undefined;
  /** Applies only these parts. Default: all. */
  readonly only?: readonly SeedSection[] | undefined;
}

/** Plans of the parts, in the order in which they are applied. */
const plans: Readonly<Record<SeedSection, (planning: Planning) => Promise<readonly Step[]>>> = {
  clock: planClock,
  conduct: planConduct,
  profileTypes: planProfileTypes,
  operators: planOperators,
  profiles: planProfiles,
  pools: planPools,
  manifests: planManifests,
  faults: planFaults,
  scenarios: planScenarios,
  proxyRoutes: planProxyRoutes,
  webhooks: planWebhooks,
  deviceGroups: planGroups,
  policies: planPolicies,
};

/**
 * Applies a seed, completely or not at all. Existing profiles, codes and fault rules stay as they are. Other entries get the settings of
 * the seed.
 *
 * @throws SeedError that names every wrong member
 */
export async function applySeed(
  context: SeedContext,
  document: SeedDocument,
  options: SeedOptions = {},
): Promise<SeedReport> {
  const { files = new Map(), dryRun = false, namespace = noNamespace, only = seedSections } = options;
  const planning = new Planning(context, document, files, namespace);
  refuseSeparateState(planning, only);
  const steps: Step[] = [];
  for (const section of seedSections)
    if (only.includes(section)) steps.push(...(await plans[section](planning)));
  if (planning.problems.length > 0) throw new SeedError(document.name, planning.problems);
  if (!dryRun) {
    await make(steps, planning);
    await context.everywhere?.('settings');
  }
  return {
    name: document.seed.name ?? document.name,
    dryRun,
    items: steps.flatMap(({ items }) => items),
    warnings: planning.warnings,
  };
}

/** Applies all steps. If a step fails, undoes the steps before it. */
async function make(steps: readonly Step[], planning: Planning): Promise<void> {
  const undo = new Undo();
  for (const step of steps) {
    try {
      await step.make?.(undo);
    } catch (error) {
      await undo.run();
      throw new SeedError(planning.document.name, planning.problemsOf(error, step.path));
    }
  }
}
