import Type, { type TSchema } from 'typebox';

/** Schema of a member that may be null. Adds `or null` to the description unless it mentions null already. */
export const orNull = <S extends TSchema & { readonly description?: string }>(schema: S) => {
  const { description = 'a value' } = schema;
  return Type.Union([schema, Type.Null()], {
    description: /\bnull\b/.test(description) ? description : `${description}, or null`,
  });
};

/** Schema of a string that may be null. */
export const textOrNull = (description: string) => orNull(Type.String({ description }));
