import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { entryNamespace as namespaceOfEntry } from '../instruments/journal/index.js';
import type { ControlContext } from './context.js';
import { listView } from './http/lists.js';
import { problemResponses } from './http/problem.js';
import { viewFrom } from './http/view.js';
import { requestedNamespace } from './scope.js';

interface Usage {
  readonly name: string;
  readonly profiles: number;
  readonly exchanges: number;
  readonly faults: number;
  readonly devices: number;
}

const usage = viewFrom<Usage>()((member) => ({
  name: member(Type.String(), ({ name }) => name),
  profiles: member(Type.Integer({ description: 'number of profiles' }), ({ profiles }) => profiles),
  exchanges: member(
    Type.Integer({ description: 'number of exchanges in the journal' }),
    ({ exchanges }) => exchanges,
  ),
  faults: member(Type.Integer({ description: 'number of fault rules' }), ({ faults }) => faults),
  devices: member(Type.Integer({ description: 'number of virtual devices' }), ({ devices }) => devices),
}));
const list = listView(usage);

/** Counts of a namespace's profiles, exchanges, fault rules and virtual devices. */
export const NamespaceView = usage.schema;
export type NamespaceView = Static<typeof NamespaceView>;

/** `GET /namespaces`: lists namespaces that are not empty. A namespace exists as soon as a call names it. */
export function namespaces(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  const schema = {
    tags: ['testing'],
    summary: 'List namespaces that are not empty',
    response: { 200: list.schema, ...problemResponses },
  };
  app.get('/namespaces', { schema }, async (request) => {
    const own = requestedNamespace(request);
    const all = await inUse(context);
    return list.of(all.filter(({ name }) => own === undefined || name === own));
  });
  done();
}

async function inUse({ store, journal, faults, devices: park }: ControlContext): Promise<Usage[]> {
  await Promise.all([journal.catchUp(), faults.refresh()]);
  const profiles = await store.namespaces();
  const exchanges = countsOf(journal.exchanges().map(namespaceOfEntry));
  const rules = countsOf(faults.all.map(({ namespace }) => namespace || undefined));
  const devices = countsOf((park?.list() ?? []).map(({ namespace }) => namespace || undefined));
  const names = new Set([profiles, exchanges, rules, devices].flatMap((counts) => [...counts.keys()]));
  return [...names].sort().map((name) => ({
    name,
    profiles: profiles.get(name) ?? 0,
    exchanges: exchanges.get(name) ?? 0,
    faults: rules.get(name) ?? 0,
    devices: devices.get(name) ?? 0,
  }));
}

function countsOf(names: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
