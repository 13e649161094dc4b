/** Every object inside a decoded value, itself included: SEQUENCEs, lists, CHOICEs, octets. */
export function* objectsOf(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  if (Buffer.isBuffer(value)) return;
  for (const member of Object.values(value)) yield* objectsOf(member);
}

/** Characters of all strings inside a decoded value. */
export function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  let characters = 0;
  for (const object of objectsOf(value)) {
    if (Buffer.isBuffer(object)) continue;
    for (const member of Object.values(object)) if (typeof member === 'string') characters += member.length;
  }
  return characters;
}

/** `bytes`, and how often single octets of it have been looked at: the steps of a decoder, whatever the clock says. */
export function counted(bytes: Buffer): { bytes: Buffer; reads: () => number } {
  let reads = 0;
  const watched = new Proxy(bytes, {
    get(target, property) {
      if (typeof property === 'string' && /^\d+$/.test(property)) reads++;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { bytes: watched, reads: () => reads };
}
