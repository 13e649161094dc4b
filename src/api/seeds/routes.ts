import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { noNamespace } from '../../base/namespace.js';
import type { ControlContext } from '../context.js';
import { Problem, problemResponses } from '../http/problem.js';
import { requestedNamespace, requireWholeServer } from '../scope.js';
import type { Testing } from '../testing.js';
import { applySeed } from './apply.js';
import { SeedDocument } from './document.js';
import { SeedError } from './errors.js';
import { presentState } from './export.js';
import type { SeedContext } from './planning.js';
import { seedView, SeedView } from './view.js';
import { seedInJson, seedInYaml } from './write.js';

/** Maximum size of a seed with its files, in octets. */
const largestSeed = 64 * 1024 * 1024;

/** Body of `POST /seed`. */
export const SeedRequest = Type.Object(
  {
    text: Type.String({ maxLength: largestSeed, description: 'the seed, in YAML or JSON' }),
    name: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1024, description: 'the name of the seed file, for messages' }),
    ),
    files: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'the files that the seed names: path, and content in base64',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'an object with the text of a seed and the files that it names',
  },
);
export type SeedRequest = Static<typeof SeedRequest>;

export const SeedQuery = Type.Object(
  { dryRun: Type.Optional(Type.Boolean({ description: 'true: check the seed without applying it' })) },
  { additionalProperties: false },
);
export type SeedQuery = Static<typeof SeedQuery>;

export const SeedExportQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(['yaml', 'json'], { description: 'yaml or json; default: yaml' })),
    secrets: Type.Optional(
      Type.Boolean({
        description:
          'true: include keys (K, OPc, packages), hashes of confirmation codes, and secrets of webhooks; otherwise the server refuses to export a state that has any of them',
      }),
    ),
  },
  { additionalProperties: false },
);
export type SeedExportQuery = Static<typeof SeedExportQuery>;

const yamlTypes = ['application/yaml', 'application/x-yaml', 'text/yaml'];

const tags = ['testing'];
const schemas = {
  apply: {
    tags,
    summary:
      'Apply a seed, completely or not at all; existing profiles and fault rules stay as they are, other entries get the settings of the seed',
    querystring: SeedQuery,
    body: {
      content: {
        'application/json': { schema: SeedRequest },
        'application/yaml': { schema: Type.Any() },
      },
    },
    response: { 200: SeedView, ...problemResponses },
  },
  show: {
    tags,
    summary: 'Export the present state as a seed',
    querystring: SeedExportQuery,
    response: {
      200: {
        content: {
          'application/yaml': { schema: Type.String() },
          'application/json': { schema: Type.Any() },
        },
      },
      ...problemResponses,
    },
  },
};

/** `/seed`: a state of the server as a file. */
export function seeds(
  app: FastifyInstance,
  { context, testing }: { context: ControlContext; testing: Testing },
  done: () => void,
): void {
  const seedContext: SeedContext = { ...context, switches: testing };
  app.addContentTypeParser(yamlTypes, { parseAs: 'string' }, (_request, body, parsed) =>
    parsed(null, body as string),
  );

  app.post<{ Body: SeedRequest | string; Querystring: SeedQuery }>(
    '/seed',
    { schema: schemas.apply, bodyLimit: largestSeed },
    async (request) => {
      const { body } = request;
      const { text, name = 'seed', files = {} } = typeof body === 'string' ? { text: body } : body;
      try {
        const document = SeedDocument.read(text, name);
        const namespace = requestedNamespace(request);
        if (document.seed.clock) requireWholeServer(request, 'the clock is');
        if (document.seed.conduct) requireWholeServer(request, 'the conduct is');
        if (document.seed.proxyRoutes) requireWholeServer(request, 'routes to other SM-DP+s are');
        const report = await applySeed(seedContext, document, {
          files: new Map(
            Object.entries(files).map(([path, octets]) => [path, Buffer.from(octets, 'base64')]),
          ),
          dryRun: request.query.dryRun,
          namespace: namespace ?? noNamespace,
        });
        return seedView.of(report);
      } catch (error) {
        if (!(error instanceof SeedError)) throw error;
        throw new Problem(422, error.message, error.fields);
      }
    },
  );

  app.get<{ Querystring: SeedExportQuery }>('/seed', { schema: schemas.show }, async (request, reply) => {
    requireWholeServer(request, 'the state that a seed describes is');
    const { format = 'yaml', secrets = false } = request.query;
    const seed = await presentState(seedContext, secrets);
    const title = `The state of ${context.smdp.address} at ${context.clock.now().toISOString()}`;
    return format === 'json'
      ? reply.type('application/json').send(seedInJson(seed))
      : reply.type('application/yaml; charset=utf-8').send(seedInYaml(seed, title));
  });
  done();
}
