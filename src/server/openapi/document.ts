import Fastify, { type FastifySchema, type RouteOptions } from 'fastify';
import { namespaceForm, namespaceHeader } from '../../base/namespace.js';
import { version } from '../../base/version.js';
import { es2plusDescriptions } from './es2plus.js';
import { examples } from './examples.js';

const es2plus = /^\/gsma\/rsp2\/es2plus\/(\w+)$/;

/** A file that is sent as it is, and is not checked by a schema. */
const file = { schema: { type: 'string' } };
const files: Readonly<Record<string, object>> = {
  'POST /api/v1/manifests': { content: { 'text/csv': file, 'application/x-ndjson': file } },
};

/**
 * The OpenAPI document of routes that have a schema, and of ES2+. It is made from a twin of the listener, so that
 * `@fastify/swagger` is paid for by those alone who ask for it.
 *
 * @param demandsToken whether calls have to carry the bearer token
 */
export async function openApiDocument(
  routes: readonly RouteOptions[],
  demandsToken: boolean,
): Promise<object> {
  const { default: swagger } = await import('@fastify/swagger');
  const twin = Fastify();
  twin.setValidatorCompiler(() => () => true);
  twin.setSerializerCompiler(() => () => '');
  await twin.register(swagger, { openapi: frame(demandsToken) });
  for (const route of routes) {
    const schema = schemaOf(route);
    if (schema) twin.route({ method: route.method, url: route.url, schema, handler: () => undefined });
  }
  await twin.ready();
  return twin.swagger();
}

const frame = (demandsToken: boolean): object => ({
  openapi: '3.1.0',
  info: {
    title: 'mock-smdp',
    version,
    description: 'The control API and ES2+ of a mock SM-DP+ (GSMA SGP.22), for tests only.',
  },
  ...(demandsToken && {
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  }),
});

const namespaceParameter = {
  type: 'object',
  properties: {
    [namespaceHeader]: {
      type: 'string',
      description: `the namespace that the call is about: ${namespaceForm}; default: the whole server`,
    },
  },
};

/** What is documented of a route; `undefined` for those that nobody calls on purpose. */
function schemaOf({ method, url, schema, config }: RouteOptions): FastifySchema | undefined {
  if (method === 'HEAD' || Array.isArray(method)) return undefined;
  const described = schema ?? es2plusDescriptions[es2plus.exec(url)?.[1] ?? ''];
  if (!described) return undefined;
  const call = `${method} ${url.replace(/:(\w+)/g, '{$1}')}`;
  const body = described.body ?? files[call];
  return {
    ...described,
    ...(config?.takesNamespace && { headers: namespaceParameter }),
    ...(body !== undefined && { body: withExample(body, examples[call]) }),
  };
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** A body is one schema, or one for each media type. */
function withExample(body: Body, example: object | undefined): object {
  if (!example) return body;
  const json = body.content?.['application/json'];
  if (!json) return { ...body, examples: [example] };
  return {
    content: { ...body.content, 'application/json': { schema: { ...json.schema, examples: [example] } } },
  };
}
