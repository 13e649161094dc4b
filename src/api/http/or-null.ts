import Type, { type TSchema } from 'typebox';

/** A member that may be null; its description says so. */
export const orNull = <S extends TSchema & { readonly description?: string }>(schema: S) => {
  const { description = 'a value' } = schema;
  return Type.Union([schema, Type.Null()], {
    description: /\bnull\b/.test(description) ? description : `${description}, or null`,
  });
};

/** A text that may be null. */
export const textOrNull = (description: string) => orNull(Type.String({ description }));
