import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import {
  inSlices,
  prepareSubscribers,
  readSubscribers,
  SubscriberListError,
  subscribersInRange,
  type SubscriberRow,
} from '../../manifests/index.js';
import type { PreparedProfile } from '../../orders/index.js';
import { entriesFor, isSupportedBy, subscribersFor } from '../../profiles/index.js';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { Warning, warningsOf } from '../http/warning.js';
import { profileFilter } from '../profiles/filter.js';
import { creationScopeOf, scopeOf, type Scope } from '../scope.js';
import { knownSubscribers, type Known } from './known.js';
import {
  SubscriberExportRequest,
  SubscriberImportQuery,
  SubscriberQuery,
  SubscriberRequest,
} from './requests.js';
import { drawingOf } from './members.js';
import { subscriberProblems } from './problems.js';
import { subscriberView, type ShownSubscriber } from './view.js';

/** Maximum size of a list in octets. */
const largestList = 16 * 1024 * 1024;

interface Made {
  readonly rows: number;
  readonly dryRun: boolean;
  readonly prepared: readonly PreparedProfile[];
  readonly shown: readonly ShownSubscriber[];
}

const made = viewFrom<Made>()((member) => ({
  created: member(Type.Integer({ description: 'number of new profiles' }), ({ prepared }) => prepared.length),
  rows: member(Type.Integer({ description: 'number of subscribers in the list' }), ({ rows }) => rows),
  dryRun: member(Type.Boolean({ description: 'true: nothing was made' }), ({ dryRun }) => dryRun),
  subscribers: member(Type.Array(subscriberView.schema), ({ shown }) => shown.map(subscriberView.of)),
  warnings: member(
    Type.Array(Warning, { description: 'warnings about the first subscriber' }),
    ({ prepared }) => warningsOf(prepared[0]?.warnings),
  ),
}));
export const MadeSubscribers = made.schema;
export type MadeSubscribers = Static<typeof MadeSubscribers>;

interface Listed extends Known {
  readonly address: string;
  readonly secrets: boolean;
}

const leftOut = <S extends { readonly leftOut: readonly string[] }>() =>
  [
    Type.Array(Type.String(), {
      description:
        'ICCIDs of profiles whose keys are only in their uploaded package, or whose algorithm the network does not support',
    }),
    ({ leftOut: iccids }: S) => [...iccids],
  ] as const;

const listed = viewFrom<Listed>()((member) => ({
  items: member(Type.Array(subscriberView.schema), ({ subscribers, address, secrets }) =>
    subscribers.map((one) => subscriberView.of({ ...one, address, secrets })),
  ),
  leftOut: member(...leftOut<Listed>()),
}));
export const SubscriberList = listed.schema;
export type SubscriberList = Static<typeof SubscriberList>;

interface Written extends Known {
  readonly file: string;
}

const written = viewFrom<Written>()((member) => ({
  file: member(Type.String({ description: 'content of the file, with keys' }), ({ file }) => file),
  count: member(
    Type.Integer({ description: 'number of subscribers' }),
    ({ subscribers }) => subscribers.length,
  ),
  leftOut: member(...leftOut<Written>()),
}));
export const WrittenSubscribers = written.schema;
export type WrittenSubscribers = Static<typeof WrittenSubscribers>;

const csv = 'text/csv';
const octets = 'application/octet-stream';
const tags = ['subscribers'];
const schemas = {
  make: {
    tags,
    summary:
      'Make profiles for subscribers: from a CSV file with IMSI and keys, or new subscribers with generated keys',
    querystring: SubscriberImportQuery,
    body: {
      content: {
        'application/json': { schema: SubscriberRequest },
        [csv]: { schema: Type.Any() },
        [octets]: { schema: Type.Any() },
      },
    },
    response: { 201: MadeSubscribers, ...problemResponses },
  },
  list: {
    tags,
    summary: 'List subscribers; keys, PINs and PUKs only with secrets=true',
    querystring: SubscriberQuery,
    response: { 200: SubscriberList, ...problemResponses },
  },
  write: {
    tags,
    summary: 'Write subscribers with their keys for a core network: Open5GS, srsRAN, free5GC or an HLR',
    body: SubscriberExportRequest,
    response: { 200: WrittenSubscribers, ...problemResponses },
  },
};

/** `/subscribers`: profiles that have their own IMSI and keys, for phones and for the core network. */
export function subscribers(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  app.addContentTypeParser([csv, octets], { parseAs: 'buffer', bodyLimit: largestList }, (_, body, parsed) =>
    parsed(null, body),
  );

  app.post<{ Body: SubscriberRequest | Buffer; Querystring: SubscriberImportQuery }>(
    '/subscribers',
    { schema: schemas.make, bodyLimit: largestList },
    async (request, reply) => {
      const { body, query } = request;
      const scope = creationScopeOf(context, request);
      try {
        const answer = Buffer.isBuffer(body)
          ? await make(scope, await rowsIn(body, query), query)
          : await make(scope, rowsOf(body), {
              ...body,
              seed: body.seed ?? randomBytes(32).toString('hex'),
            });
        return reply.code(201).send(made.of(answer));
      } catch (error) {
        throw subscriberProblems(error);
      }
    },
  );

  app.get<{ Querystring: SubscriberQuery }>('/subscribers', { schema: schemas.list }, async (request) => {
    const { secrets = false, ...wanted } = request.query;
    const scope = scopeOf(context, request);
    const known = await knownSubscribers(scope, profileFilter(wanted));
    return listed.of({ ...known, address: scope.smdp.address, secrets });
  });

  app.post<{ Body: SubscriberExportRequest }>(
    '/subscribers/export',
    { schema: schemas.write },
    async (request: FastifyRequest<{ Body: SubscriberExportRequest }>) => {
      const { for: network, apn = 'internet', transportKey, ...wanted } = request.body;
      const known = await knownSubscribers(scopeOf(context, request), profileFilter(wanted));
      const supported = known.subscribers.filter((one) => isSupportedBy(network, one.network));
      const subscribers = entriesFor(network, supported);
      const unsupported = known.subscribers.filter((one) => !isSupportedBy(network, one.network));
      const file = subscribersFor(
        network,
        subscribers.map((one) => one.network),
        { apn, transportKey: transportKey === undefined ? undefined : Buffer.from(transportKey, 'hex') },
      );
      const leftOut = [...known.leftOut, ...unsupported.map(({ profile }) => profile.iccid)];
      return written.of({ subscribers, leftOut, file });
    },
  );
  done();
}

async function make(
  scope: Scope,
  rows: readonly SubscriberRow[],
  { dryRun = false, profileType, pool, label, state, reuse, ...query }: SubscriberImportQuery,
): Promise<Made> {
  const defaults = {
    ...(profileType !== undefined && { profileType }),
    ...(pool !== undefined && { pool }),
    ...(label !== undefined && { label }),
    ...(state !== undefined && { state }),
    ...(reuse !== undefined && { reuse }),
  };
  const prepared = await prepareSubscribers(scope, rows, {
    ...drawingOf(query),
    ...{ defaults, dryRun },
  });
  const shown: ShownSubscriber[] = [];
  for (const { profile } of prepared) {
    const type = await scope.profileTypes.get(profile.profileType);
    shown.push({ profile, network: type.network(profile), address: scope.smdp.address, secrets: false });
  }
  return { rows: rows.length, dryRun, prepared, shown };
}

/** @throws ManifestError, SubscriberListError */
async function rowsIn(body: Buffer, { luhn }: SubscriberImportQuery): Promise<readonly SubscriberRow[]> {
  const { rows, problems } = await readSubscribers(inSlices(body), luhn);
  if (problems.length > 0) throw new SubscriberListError(problems);
  return rows;
}

/** The range that a request describes. By default, its IMSIs are of the test network 001/01. */
function rowsOf(request: SubscriberRequest): readonly SubscriberRow[] {
  const { count, imsi = '001010000000001', msisdn, iccid } = request;
  const { seed, codes, dryRun, profileType, pool, label, state, reuse, ...rest } = request;
  const { count: _count, imsi: _imsi, msisdn: _msisdn, iccid: _iccid, ...subscriber } = rest;
  return subscribersInRange({ count, imsi, msisdn, iccid, subscriber });
}
