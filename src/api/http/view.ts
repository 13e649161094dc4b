import Type, {
  type Static,
  type TObject,
  type TObjectOptions,
  type TProperties,
  type TSchema,
} from 'typebox';

/** A member of an answer: its schema, and how its value is taken from a source. */
interface Member<Source, Schema extends TSchema> {
  readonly schema: Schema;
  readonly from: (source: Source) => Static<Schema>;
}

/** What an answer says of a source: the schema, and the function that makes what agrees with it. */
export interface View<Source, Properties extends TProperties> {
  readonly schema: TObject<Properties>;
  readonly of: (source: Source) => Static<TObject<Properties>>;
}

/**
 * Describes an answer member by member. A member cannot have a schema without a value, nor a value without a schema.
 *
 * @example
 *     viewFrom<Profile>()((member) => ({ id: member(Type.Integer(), ({ id }) => id) }))
 */
export const viewFrom =
  <Source>() =>
  <Properties extends TProperties>(
    describe: (
      member: <Schema extends TSchema>(
        schema: Schema,
        from: (source: Source) => Static<Schema>,
      ) => Member<Source, Schema>,
    ) => { readonly [Name in keyof Properties]: Member<Source, Properties[Name]> },
    options?: TObjectOptions,
  ): View<Source, Properties> => {
    const members = Object.entries(describe((schema, from) => ({ schema, from }))) as [
      string,
      Member<Source, TSchema>,
    ][];
    const properties = Object.fromEntries(members.map(([name, { schema }]) => [name, schema]));
    return {
      schema: Type.Object(properties as Properties, options),
      of: (source) =>
        Object.fromEntries(members.map(([name, { from }]) => [name, from(source)])) as Static<
          TObject<Properties>
        >,
    };
  };
