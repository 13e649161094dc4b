import Type from 'typebox';

/** Annotations of a card property: `title` is its meaning, `allowed` its allowed values. */
export interface Field {
  readonly title: string;
  readonly allowed: string;
}

const annotations = (title: string, allowed: string) => ({
  title,
  allowed,
  description: `${title}. Allowed: ${allowed}`,
});

/** A text that matches `pattern`. */
export const text = (title: string, allowed: string, pattern: string) =>
  Type.Optional(Type.String({ pattern, ...annotations(title, allowed) }));

/** A whole number from `minimum` to `maximum`. */
export const whole = (title: string, minimum: number, maximum: number) =>
  Type.Optional(
    Type.Integer({
      minimum,
      maximum,
      ...annotations(title, `a whole number from ${minimum} to ${maximum.toLocaleString('en')}`),
    }),
  );

/** `true` or `false`. */
export const flag = (title: string) => Type.Optional(Type.Boolean(annotations(title, 'true or false')));

/** One of several words. */
export const oneOf = <const W extends string>(title: string, words: readonly W[]) =>
  Type.Optional(Type.Unsafe<W>(Type.Enum([...words], annotations(title, words.join(', ')))));

/** A list of texts that match `pattern`. */
export const texts = (title: string, allowed: string, pattern: string, maximum: number) =>
  Type.Optional(
    Type.Array(Type.String({ pattern }), {
      maxItems: maximum,
      ...annotations(title, `a list of ${allowed}`),
    }),
  );

/** A list of bits, each by its name or its number. */
export const bitsOf = (title: string, names: readonly string[], highest: number) =>
  Type.Optional(
    Type.Array(Type.Union([Type.Enum([...names]), Type.Integer({ minimum: 0, maximum: highest })]), {
      maxItems: highest + 1,
      ...annotations(title, `a list of bit numbers from 0 to ${highest} or of ${names.join(', ')}`),
    }),
  );
