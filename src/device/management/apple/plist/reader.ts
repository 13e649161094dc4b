import { leafValue, leaves } from './leaves.js';
import type { PlistValue } from './value.js';

/** An open element. A container collects values, a leaf collects text. */
interface Open {
  readonly name: string;
  text: string;
  readonly items: PlistValue[];
  readonly members: Map<string, PlistValue>;
  key: string | undefined;
}

/** Builds the value of a property list, element by element. */
export class PlistReader {
  readonly #open: Open[] = [];
  #value: PlistValue | undefined;

  /** @param fail throws an error with the position */
  constructor(private readonly fail: (reason: string) => never) {}

  /** The value. `undefined` until the last element is closed. */
  get value(): PlistValue | undefined {
    return this.#value;
  }

  open(name: string): void {
    const parent = this.#open.at(-1);
    if (!parent && name !== 'plist') this.fail(`the root element is <${name}> instead of <plist>`);
    if (parent && !isContainer(parent.name)) this.fail(`<${parent.name}> contains an element`);
    if (parent && !isContainer(name) && name !== 'key' && !leaves.has(name))
      this.fail(`a property list has no <${name}>`);
    if (parent && name === 'plist') this.fail('there is a <plist> in a <plist>');
    if (parent?.name === 'dict') this.#checkOrder(parent, name);
    else if (name === 'key') this.fail('a <key> is outside a <dict>');
    if (parent?.name === 'plist' && this.#value !== undefined)
      this.fail('the <plist> has more than one value');
    this.#open.push({ name, text: '', items: [], members: new Map(), key: undefined });
  }

  text(some: string): void {
    const element = this.#open.at(-1);
    if (!element) return;
    if (isContainer(element.name)) {
      if (some.trim() !== '') this.fail(`<${element.name}> contains text`);
      return;
    }
    element.text += some;
  }

  close(): void {
    const element = this.#open.pop()!;
    if (element.name === 'plist') return;
    const parent = this.#open.at(-1)!;
    if (element.name === 'key') {
      if (parent.members.has(element.text)) this.fail(`the key '${element.text.slice(0, 64)}' occurs twice`);
      parent.key = element.text;
      return;
    }
    this.#add(parent, this.#valueOf(element));
  }

  #valueOf(element: Open): PlistValue {
    if (element.name === 'array') return element.items;
    if (element.name !== 'dict') {
      const value = leafValue(element.name, element.text);
      return value ?? this.fail(`'${element.text.slice(0, 64)}' is not a valid <${element.name}>`);
    }
    if (element.key !== undefined) this.fail(`the key '${element.key.slice(0, 64)}' has no value`);
    return element.members;
  }

  #add(parent: Open, value: PlistValue): void {
    if (parent.name === 'plist') this.#value = value;
    else if (parent.name === 'array') parent.items.push(value);
    else {
      parent.members.set(parent.key!, value);
      parent.key = undefined;
    }
  }

  /** In a dict, keys and values alternate. */
  #checkOrder({ key }: Open, name: string): void {
    if (name === 'key' && key !== undefined) this.fail(`the key '${key.slice(0, 64)}' has no value`);
    if (name !== 'key' && key === undefined) this.fail(`a <${name}> in a <dict> has no <key> before it`);
  }
}

const isContainer = (name: string): boolean => name === 'plist' || name === 'dict' || name === 'array';
