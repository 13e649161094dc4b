interface WithComponents {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** A schema of an OpenAPI document with its references replaced by what they are to. */
export function resolved<T>(schema: T, document: WithComponents): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => resolved(each, document)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...rest } = schema as { readonly $ref?: string };
  const named = $ref === undefined ? undefined : document.components.schemas[$ref.split('/').pop()!];
  if (named) return resolved({ ...named, ...rest }, document) as T;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolved(value as unknown, document)]),
  ) as T;
}

/** The same schema for answers with the members that it names, and no others. */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => closed(each)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, closed(value as unknown)]),
  );
  return (
    copy['type'] === 'object' && copy['properties'] ? { additionalProperties: false, ...copy } : copy
  ) as T;
}
