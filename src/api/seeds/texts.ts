import { isMap, isScalar, isSeq, type Node } from 'yaml';

/** The parts of a JSON schema that say whether a value is a text. */
interface Shape {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
}

/**
 * Reads numbers without quotes as texts if the schema requires a text. Plain YAML would read `eid: 8904…` as a rounded number, and
 * `mnc: 01` as 1.
 */
export function keepTexts(node: unknown, schema: object | undefined): void {
  const shape = schema as Shape | undefined;
  if (!shape) return;
  if (isMap<Node, Node | null>(node))
    for (const { key, value } of node.items)
      keepTexts(value, isScalar(key) ? memberOf(shape, String(key.value)) : undefined);
  else if (isSeq<Node>(node)) for (const item of node.items) keepTexts(item, itemsOf(shape));
  else if (isScalar(node) && node.source !== undefined && isOther(node.value) && isText(shape))
    node.value = node.source;
}

const isOther = (value: unknown): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';

const variantsOf = (shape: Shape): readonly Shape[] => shape.anyOf ?? [shape];

const memberOf = (shape: Shape, name: string): Shape | undefined =>
  variantsOf(shape).find(({ properties }) => properties?.[name])?.properties?.[name];

const itemsOf = (shape: Shape): Shape | undefined => variantsOf(shape).find(({ items }) => items)?.items;

/** Whether the schema allows a text, but neither a number nor a boolean. */
function isText(shape: Shape): boolean {
  const types = variantsOf(shape).flatMap(({ type, enum: values = [] }) =>
    type === undefined ? values.map((value) => typeof value as string) : [type],
  );
  return types.includes('string') && !types.some((type) => ['number', 'integer', 'boolean'].includes(type));
}
