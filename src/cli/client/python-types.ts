import type { Schema } from './document.js';

const keywords = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import ' +
    'in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

export const isPythonName = (name: string): boolean =>
  /^[A-Za-z_]\w*$/.test(name) && !/^__/.test(name) && !keywords.has(name);

/** `postDevicesByDevice` as `post_devices_by_device`. A keyword gets an underscore at its end. */
export function snakeCase(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toLowerCase();
  return keywords.has(words) ? `${words}_` : words;
}

/** Any text as a Python literal. Python understands the escapes of JSON. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A docstring of one paragraph. */
export const docstring = (text: string): string =>
  `"""${text.replace(/\\/g, '\\\\').replace(/"/g, "'").replace(/\s+/g, ' ').trim()}"""`;

/** Turns JSON schemas into Python types. Each object with members becomes a separate TypedDict. */
export class PythonTypes {
  readonly #classes: string[] = [];
  readonly #taken = new Set<string>();

  constructor(names: Iterable<string>) {
    for (const name of names) this.#taken.add(name);
  }

  /** The TypedDicts that were needed, as source text. */
  get declarations(): readonly string[] {
    return this.#classes;
  }

  /**
   * The type of a schema.
   *
   * @param name name of the TypedDict that is declared if the schema is an object with members
   */
  of(schema: Schema | undefined, name: string): string {
    if (schema === undefined) return 'Any';
    const { $ref, enum: choices, anyOf, oneOf, type } = schema;
    if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
    if ('const' in schema) return literal([schema.const]);
    if (choices !== undefined) return literal(choices);
    const variants = anyOf ?? oneOf;
    if (variants !== undefined)
      return union(variants.map((one, index) => this.of(one, this.#freeName(name, index))));
    if (Array.isArray(type)) return union(type.map((one: string) => this.#ofType(one, schema, name)));
    return typeof type === 'string' ? this.#ofType(type, schema, name) : 'Any';
  }

  #ofType(type: string, schema: Schema, name: string): string {
    switch (type) {
      case 'string':
        return 'str';
      case 'integer':
        return 'int';
      case 'number':
        return 'float';
      case 'boolean':
        return 'bool';
      case 'null':
        return 'None';
      case 'array':
        return `list[${this.of(schema.items, `${name}Item`)}]`;
      case 'object':
        return this.#ofObject(schema, name);
      default:
        return 'Any';
    }
  }

  #ofObject(schema: Schema, name: string): string {
    const { properties = {}, additionalProperties } = schema;
    if (Object.keys(properties).length > 0) {
      const own = this.#taken.has(name) ? this.#freeName(name, 0) : name;
      this.declare(own, schema);
      return own;
    }
    return typeof additionalProperties === 'object'
      ? `dict[str, ${this.of(additionalProperties, `${name}Value`)}]`
      : 'dict[str, Any]';
  }

  /** Declares a TypedDict. If the schema is not an object with members, declares a type alias instead. */
  declare(name: string, schema: Schema): void {
    this.#taken.add(name);
    const { properties = {}, required = [], description } = schema;
    const members = Object.entries(properties);
    if (members.length === 0) {
      this.#classes.push(`${name}: TypeAlias = ${quoted(this.of(schema, `${name}Variant`))}`);
      return;
    }
    const typed = members.map(([member, one]) => {
      const type = this.of(one, name + capitalised(member));
      return {
        member,
        type: required.includes(member) ? type : `NotRequired[${type}]`,
        about: one.description,
      };
    });
    this.#classes.push(
      typed.every(({ member }) => isPythonName(member))
        ? [
            `class ${name}(TypedDict):`,
            ...(description === undefined ? [] : [`    ${docstring(description)}`, '']),
            ...typed.flatMap(({ member, type, about }) => [
              `    ${member}: ${type}`,
              ...(about === undefined ? [] : [`    ${docstring(about)}`]),
            ]),
          ].join('\n')
        : [
            `${name} = TypedDict(${quoted(name)}, {`,
            ...typed.map(({ member, type }) => `    ${quoted(member)}: ${quoted(type)},`),
            '})',
          ].join('\n'),
    );
  }

  #freeName(name: string, index: number): string {
    for (let number = index + 1; ; number++) {
      const candidate = `${name}${number === 1 ? '' : number}`;
      if (!this.#taken.has(candidate)) return candidate;
    }
  }
}

const capitalised = (member: string): string =>
  member
    .split(/\W+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const pythonValue = (value: unknown): string =>
  value === null ? 'None' : typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value);

const literal = (choices: readonly unknown[]): string => `Literal[${choices.map(pythonValue).join(', ')}]`;

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');
