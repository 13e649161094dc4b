import Fastify, { type FastifySchema, type RouteOptions } from 'fastify';
import { namespaceForm, namespaceHeader } from '../../base/namespace.js';
import { version } from '../../base/version.js';
import { withComponents, withNames } from './components.js';
import { es2plusDescriptions } from './es2plus.js';
import { examples } from './examples.js';
import { problemsOfCall, problemsOfControl, problemsOfEs2Plus, problemsOfGuard } from './problems.js';

const es2plus = /^\/gsma\/rsp2\/es2plus\/(\w+)$/;

/** Schema of a body that is a file. It checks nothing. */
const file = { schema: { type: 'string' } };
const files: Readonly<Record<string, object>> = {
  'POST /api/v1/manifests': { content: { 'text/csv': file, 'application/x-ndjson': file } },
};

/**
 * Builds the OpenAPI document of ES2+ and of all routes with a schema. A second, unused Fastify instance builds it, so that
 * `@fastify/swagger` is loaded only when somebody requests the document.
 *
 * @param demandsToken whether calls need the bearer token
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
  // A URL relative to the document works behind any proxy. The plug-in accepts only absolute URLs, so the relative URL is added afterwards.
  const servers = [{ url: '.' }];
  return withComponents({ ...(twin.swagger() as unknown as Readonly<Record<string, unknown>>), servers });
}

const frame = (demandsToken: boolean): object => ({
  openapi: '3.1.0',
  info: {
    title: 'mock-smdp',
    version,
    description: 'The control API and ES2+ of a mock SM-DP+ (GSMA SGP.22), for tests only.',
  },
  components: {
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'SMDP_ADMIN_TOKEN, if the server needs a token',
      },
    },
  },
  security: demandsToken ? [{ token: [] }] : [{ token: [] }, {}],
});

const namespaceParameter = (description: string): object => ({
  type: 'object',
  properties: { [namespaceHeader]: { type: 'string', description } },
});

const inNamespace = namespaceParameter(
  `the namespace that the call is about: ${namespaceForm}; default: the whole server`,
);

const ofWholeServer = namespaceParameter(
  'this call concerns things that all namespaces share, so the header is not needed; ' +
    '409 if the header is given and the call would change things for other namespaces',
);

/** The schema of a route with its parameters, examples and errors; `undefined` for routes that are not part of the API. */
function schemaOf({ method, url, schema, config }: RouteOptions): FastifySchema | undefined {
  if (method === 'HEAD' || Array.isArray(method)) return undefined;
  const described = schema ?? es2plusDescriptions[es2plus.exec(url)?.[1] ?? ''];
  if (!described) return undefined;
  const path = url.replace(/:(\w+)/g, '{$1}');
  const call = `${method} ${path}`;
  const body = described.body ?? files[call];
  const isEs2Plus = es2plus.test(url);
  const isControl = path.startsWith(controlApi);
  const headers = isEs2Plus || config?.takesNamespace ? inNamespace : isControl ? ofWholeServer : undefined;
  const problems = isEs2Plus ? problemsOfEs2Plus : isControl ? problemsOfControl : problemsOfGuard;
  return {
    ...withNames(described),
    operationId: operationId(method, path),
    ...(headers && { headers }),
    ...(body !== undefined && { body: withExample(withNames(body), examples[call]) }),
    response: withNames({ ...problems, ...problemsOfCall[call], ...(described.response as object) }),
    ...(needsNoToken.includes(path) && { security: [] }),
  };
}

const controlApi = '/api/v1/';

const needsNoToken: readonly string[] = ['/healthz', '/readyz'];

/** `getProfilesByIccid` for `GET /api/v1/profiles/{iccid}`; functions of ES2+ have their own names. */
function operationId(method: string, path: string): string {
  const name = es2plus.exec(path)?.[1];
  if (name !== undefined) return name;
  const words = path.replace(controlApi, '').split(/[^\w{]+/);
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  const parts = words.map((word) => (word.startsWith('{') ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + parts.join('');
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** The schema of a body: either a single schema, or `content` with one for each media type. */
function withExample(body: Body, example: object | undefined): object {
  if (!example) return body;
  const json = body.content?.['application/json'];
  if (!json) return { ...body, examples: [example] };
  return {
    content: { ...body.content, 'application/json': { schema: { ...json.schema, examples: [example] } } },
  };
}
