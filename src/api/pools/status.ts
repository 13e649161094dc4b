import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { deploymentStatuses, deploymentStatusOf } from '../../pools/index.js';
import type { Pools } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { formatWanted } from '../http/negotiate.js';
import { problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { attachment } from './attachment.js';
import { deploymentOf, DeviceStatus } from './deployment.js';
import { PoolPath, requirePool } from './lookup.js';

/** Query of `GET /pools/{name}/status`. */
export const StatusQuery = Type.Object(
  {
    format: Type.Optional(
      Type.Enum(['csv', 'json'], {
        description: 'csv or json; default: the format that the Accept header prefers',
      }),
    ),
    devices: Type.Optional(
      Type.Boolean({ description: 'true or false: whether to list each device; default: true' }),
    ),
  },
  { additionalProperties: false },
);
export type StatusQuery = Static<typeof StatusQuery>;

/** Deployment status of a pool. */
export const PoolStatus = Type.Object({
  pool: Type.String(),
  devices: Type.Optional(Type.Array(DeviceStatus)),
  total: Type.Integer({ description: 'number of profiles in the pool' }),
  counts: Type.Object(
    Object.fromEntries(deploymentStatuses.map((status) => [status, Type.Integer()])) as Record<
      (typeof deploymentStatuses)[number],
      Type.TInteger
    >,
  ),
});
export type PoolStatus = Static<typeof PoolStatus>;

/** `GET /pools/{name}/status`: streams the counts and devices, with the status names of MDM systems. */
export function status(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['pools'],
    summary: 'Deployment status of a pool, as CSV or JSON',
    params: PoolPath,
    querystring: StatusQuery,
    response: {
      200: { content: { 'application/json': { schema: PoolStatus }, 'text/csv': { schema: Type.String() } } },
      ...problemResponses,
    },
  };
  app.get<{ Params: PoolPath; Querystring: StatusQuery }>(
    '/pools/:name/status',
    { schema },
    async (request, reply) => {
      const { name } = request.params;
      const { format, devices = true } = request.query;
      const { accept } = request.headers;
      const { store } = scopeOf(context, request);
      await requirePool(store, name);
      const deployment = deploymentOf(store, name);
      reply.header('Vary', 'Accept');
      if (formatWanted(format, accept, 'json') === 'json' && !devices) return countsOf(store, name);
      if (formatWanted(format, accept, 'json') === 'json')
        return reply.type('application/json').send(Readable.from(jsonOf(name, deployment)));
      return reply
        .type('text/csv; charset=utf-8')
        .header('Content-Disposition', attachment(`${name} status.csv`))
        .send(Readable.from(csvOf(deployment)));
    },
  );
}

type Deployment = AsyncIterable<readonly DeviceStatus[]>;

const noCounts = (): PoolStatus['counts'] =>
  Object.fromEntries(deploymentStatuses.map((status) => [status, 0])) as PoolStatus['counts'];

/** Only the counts. The database computes them, because a pool may have millions of profiles. */
async function countsOf(store: Pools, pool: string): Promise<PoolStatus> {
  const counts = noCounts();
  let total = 0;
  for (const { count, ...alike } of await store.contactCounts(pool)) {
    counts[deploymentStatusOf(alike, alike)] += count;
    total += count;
  }
  return { pool, total, counts };
}

/** Streams the status as JSON. The counts come last, because they are complete only after all devices. */
async function* jsonOf(pool: string, deployment: Deployment): AsyncGenerator<string> {
  const counts = noCounts();
  let total = 0;
  yield `{"pool":${JSON.stringify(pool)},"devices":[`;
  for await (const devices of deployment) {
    const separator = total > 0 ? ',' : '';
    for (const { status } of devices) counts[status]++;
    total += devices.length;
    if (devices.length > 0) yield separator + devices.map((device) => JSON.stringify(device)).join();
  }
  yield `],"total":${total},"counts":${JSON.stringify(counts)}}`;
}

async function* csvOf(deployment: Deployment): AsyncGenerator<string> {
  yield 'EID,ICCID,Status,Cellular status,Last contact\n';
  for await (const devices of deployment) yield devices.map(csvLine).join('');
}

/** A row of CSV. None of its values can contain a comma or a quote. */
const csvLine = ({ eid, iccid, status, cellularStatus, lastContact }: DeviceStatus): string =>
  `${eid ?? ''},${iccid},${status},${cellularStatus},${lastContact ?? ''}\n`;
