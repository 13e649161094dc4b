import type { SeedItem, SeedSection } from '../../api/index.js';

/** For each section, the words for one entry and for several entries. */
const words: Readonly<Record<SeedSection, readonly [one: string, several: string]>> = {
  clock: ['clock', 'clocks'],
  conduct: ['conduct', 'conducts'],
  profileTypes: ['profile type', 'profile types'],
  operators: ['operator', 'operators'],
  profiles: ['profile', 'profiles'],
  pools: ['pool', 'pools'],
  manifests: ['manifest', 'manifests'],
  faults: ['fault rule', 'fault rules'],
  scenarios: ['scenario', 'scenarios'],
  proxyRoutes: ['route', 'routes'],
  webhooks: ['webhook', 'webhooks'],
  deviceGroups: ['group of devices', 'groups of devices'],
  policies: ['policy', 'policies'],
};

/** Counts the entries of each section: `1 profile type, 17 profiles`. */
export function entriesIn({ items }: { readonly items: readonly Pick<SeedItem, 'section'>[] }): string {
  const counts = new Map<SeedSection, number>();
  for (const { section } of items) counts.set(section, (counts.get(section) ?? 0) + 1);
  return [...counts].map(([section, count]) => `${count} ${words[section][count === 1 ? 0 : 1]}`).join(', ');
}
