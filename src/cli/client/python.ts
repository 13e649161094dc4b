import {
  answersOf,
  callsIn,
  parametersIn,
  type DescribedCall,
  type OpenApiDocument,
  type Schema,
} from './document.js';
import { docstring, PythonTypes, quoted, snakeCase } from './python-types.js';

/**
 * Writes a typed client for Python 3.11 and newer as one module: a TypedDict for each schema, and a class with a method for
 * each call. The module needs only the standard library.
 */
export function pythonClient(document: OpenApiDocument): string {
  const { schemas } = document.components;
  const types = new PythonTypes(Object.keys(schemas));
  for (const [name, schema] of Object.entries(schemas)) types.declare(name, schema);
  const methods = callsIn(document).map((call) => methodOf(call, types, schemas));
  return [
    docstring(
      `Typed client of ${document.info.title} ${document.info.version}, written by 'mock-smdp client python'. Needs Python 3.11.`,
    ),
    imports,
    ...types.declarations,
    runtime,
    ...methods,
    '',
  ]
    .join('\n\n')
    .replaceAll('\n\n\n    def ', '\n\n    def ');
}

function methodOf(
  { path, method, operation }: DescribedCall,
  types: PythonTypes,
  schemas: OpenApiDocument['components']['schemas'],
): string {
  const name = snakeCase(operation.operationId);
  const typeName = operation.operationId.charAt(0).toUpperCase() + operation.operationId.slice(1);
  const inPath = parametersIn(operation, 'path');
  const inQuery = parametersIn(operation, 'query');
  const contents = Object.entries(operation.requestBody?.content ?? {});
  const mayBeEmpty = contents.some(([type, { schema }]) => isJson(type) && !demandsMembers(schema, schemas));
  const bodyTypes = contents.map(([type, { schema }]) =>
    isJson(type) ? types.of(schema, `${typeName}Request`) : isText(type) ? 'str' : 'bytes',
  );
  const answers = answersOf(operation).map(([type, { schema }]) =>
    isJson(type) ? types.of(schema, `${typeName}Answer`) : isText(type) ? 'str' : 'bytes',
  );
  const given = [
    'self',
    ...inPath.map((one) => `${snakeCase(one.name)}: ${types.of(one.schema, '')}`),
    ...(bodyTypes.length > 0
      ? [`body: ${[...new Set(bodyTypes)].join(' | ')}${mayBeEmpty ? ' | None = None' : ''}`]
      : []),
    ...(inQuery.length > 0 ? ['*'] : []),
    ...inQuery.map((one) => `${snakeCase(one.name)}: ${types.of(one.schema, '')} | None = None`),
  ];
  const answer = answers.length === 0 ? 'None' : [...new Set(answers)].join(' | ');
  const url = path.replace(/\{(\w+)\}/g, (_all, part: string) => `{_step(${snakeCase(part)})}`);
  const query = inQuery.map((one) => `${quoted(one.name)}: ${snakeCase(one.name)}`).join(', ');
  const asked = [
    quoted(method),
    inPath.length > 0 ? `f${quoted(url)}` : quoted(url),
    `{${query}}`,
    ...(bodyTypes.length > 0 ? ['body', pythonTuple(contents.map(([type]) => type))] : []),
  ].join(', ');
  return [
    `    def ${name}(${given.join(', ')}) -> ${answer}:`,
    ...(operation.summary === undefined ? [] : [`        ${docstring(operation.summary)}`]),
    answer === 'None'
      ? `        self._call(${asked})`
      : `        return cast(${quoted(answer)}, self._call(${asked}))`,
  ].join('\n');
}

function demandsMembers(schema: Schema | undefined, schemas: Readonly<Record<string, Schema>>): boolean {
  const named =
    schema?.$ref === undefined ? schema : schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
  return (named?.required ?? []).length > 0;
}

const isJson = (type: string): boolean => /[/+]json$/.test(type);
const isText = (type: string): boolean =>
  /^text\/|xml$|ndjson$/.test(type) || type === 'application/x-pem-file';

const pythonTuple = (texts: readonly string[]): string =>
  `(${texts.map((text) => `${quoted(text)},`).join(' ')})`;

const imports = `from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, cast`;

const runtime = `
class MockSmdpError(Exception):
    """The server refused a call. status is the HTTP status, problem holds the problem details (RFC 9457)."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('detail') or problem.get('title')}")
        self.status = status
        self.problem = problem


def _step(value: object) -> str:
    return urllib.parse.quote(str(value), safe="")


def _query(value: object) -> Any:
    if isinstance(value, list):
        return [_query(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problem(content: bytes) -> dict[str, Any]:
    try:
        problem = json.loads(content)
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}



class MockSmdp:
    """The calls of a server.

    url is the base URL of its operator-facing listener. token is the bearer token, if the listener requires one.
    namespace is the namespace of all calls. timeout is the maximum duration of one call in seconds.
    """

    def __init__(self, url: str, token: str | None = None, namespace: str | None = None, timeout: float = 60) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.headers: dict[str, str] = {}
        if token is not None:
            self.headers["Authorization"] = f"Bearer {token}"
        if namespace is not None:
            self.headers["X-Mock-Namespace"] = namespace

    def _call(self, method: str, path: str, query: dict[str, Any], body: Any = None, kinds: tuple[str, ...] = ()) -> Any:
        given = {name: _query(value) for name, value in query.items() if value is not None}
        url = self.url + path + ("?" + urllib.parse.urlencode(given, doseq=True) if given else "")
        request = urllib.request.Request(url, method=method, headers=dict(self.headers))
        if isinstance(body, (bytes, str)):
            other = [kind for kind in kinds if not kind.endswith("json")]
            request.add_header("Content-Type", (other or ["application/octet-stream"])[0])
            request.data = body.encode() if isinstance(body, str) else body
        elif kinds:
            request.add_header("Content-Type", kinds[0])
            request.data = json.dumps({} if body is None else body).encode()
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                content = answer.read()
                kind = answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            with error:
                raise MockSmdpError(error.code, _problem(error.read())) from None
        if not content:
            return None
        if kind.endswith("json") and not kind.endswith("ndjson"):
            return json.loads(content)
        return content.decode() if kind.startswith("text/") or kind.endswith(("xml", "ndjson", "pem-file")) else content
`;
