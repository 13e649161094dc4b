import { callsIn, parametersIn, type DescribedCall, type OpenApiDocument } from './document.js';

/**
 * Writes a collection in the format 2.1 of Postman, which Bruno, Insomnia and Hoppscotch import too. It has a folder for each
 * group of calls, and a body for each call that takes a body. Three variables hold the base URL, the bearer token and the namespace:
 * `operators`, `token` and `namespace`.
 */
export function postmanCollection(document: OpenApiDocument): object {
  const calls = callsIn(document);
  const folders = [...new Set(calls.map(folderOf))];
  return {
    info: {
      name: `${document.info.title} ${document.info.version}`,
      description: 'The control API and ES2+ of a mock SM-DP+ (GSMA SGP.22), for tests only.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [
      { key: 'operators', value: 'http://localhost:8080' },
      { key: 'token', value: '' },
      { key: 'namespace', value: '' },
    ],
    item: folders.map((name) => ({
      name,
      item: calls.filter((call) => folderOf(call) === name).map(requestOf),
    })),
  };
}

const folderOf = ({ operation }: DescribedCall): string => operation.tags?.[0] ?? 'other';

function requestOf({ path, method, operation }: DescribedCall): object {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const steps = path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const query = parametersIn(operation, 'query');
  return {
    name: operation.summary ?? operation.operationId,
    request: {
      method,
      header: [
        ...(type === undefined ? [] : [{ key: 'Content-Type', value: type }]),
        { key: 'X-Mock-Namespace', value: '{{namespace}}', disabled: true },
      ],
      ...(type !== undefined && {
        body: {
          mode: 'raw',
          raw: content?.example === undefined ? '' : JSON.stringify(content.example, null, 2),
          options: { raw: { language: /json$/.test(type) ? 'json' : 'text' } },
        },
      }),
      url: {
        raw: `{{operators}}/${steps}`,
        host: ['{{operators}}'],
        path: steps.split('/'),
        query: query.map(({ name, description }) => ({ key: name, value: '', description, disabled: true })),
        variable: parametersIn(operation, 'path').map(({ name, description }) => ({
          key: name,
          value: '',
          description,
        })),
      },
    },
  };
}
