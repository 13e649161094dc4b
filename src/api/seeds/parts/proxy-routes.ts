import type { ForwardRoute, ForwardRoutes, ForwardRule } from '../../../instruments/forwarding/index.js';
import { routeFrom } from '../../proxy/request.js';
import { mostRoutes } from '../../proxy/routes.js';
import type { Path } from '../document.js';
import { isSame, type Planning, type SeedItem, type Step } from '../planning.js';

interface Entry {
  readonly rule: ForwardRule;
  /** The route that the server already has. */
  readonly present: ForwardRoute | undefined;
}

/** Routes to other SM-DP+s, in the order of the seed. A route that the server already has is not added again. */
export async function planProxyRoutes(planning: Planning): Promise<readonly Step[]> {
  const rules = planning.seed.proxyRoutes ?? [];
  if (rules.length === 0) return [];
  const path: Path = ['proxyRoutes'];
  const { routes } = planning.context;
  if (routes === undefined) {
    planning.problems.push(
      planning.document.problem(
        path,
        'this server does not pass requests on, because several workers serve the devices',
        'start the server without --workers (SMDP_WORKERS)',
      ),
    );
    return [];
  }
  const found = new Set<ForwardRoute>();
  const entries: Entry[] = [];
  for (const [index, body] of rules.entries())
    await planning.attempt([...path, index], () => {
      const rule = routeFrom(body);
      const present = routes.all.find((route) => !found.has(route) && isSame(route.rule, rule));
      if (present) found.add(present);
      entries.push({ rule, present });
    });
  const added = entries.filter(({ present }) => !present).length;
  if (added > 0 && routes.all.length + added > mostRoutes)
    planning.problems.push(
      planning.document.problem(path, `the server would have more than ${mostRoutes} routes`, 'remove some'),
    );
  return [stepOf(routes, path, entries)];
}

const stepOf = (routes: ForwardRoutes, path: Path, entries: readonly Entry[]): Step => ({
  path,
  items: entries.map(({ rule, present }): SeedItem => {
    const name = `to ${rule.to ?? 'this server'}`;
    return { section: 'proxyRoutes', name, outcome: present ? 'present' : 'added' };
  }),
  make: (undo) => {
    let last: ForwardRoute | undefined;
    for (const { rule, present } of entries) {
      const route = present ?? routes.add(rule, last?.id);
      if (!present) undo.add(() => routes.remove(route.id));
      last = route;
    }
  },
});
