import Type, {
  type Static,
  type TObject,
  type TObjectOptions,
  type TOptional,
  type TProperties,
  type TSchema,
} from 'typebox';

/** The value of a member. Only an optional member may be `undefined`. The answer then lacks the member. */
type ValueOf<Schema extends TSchema> =
  Static<Schema> | (Schema extends TOptional<TSchema> ? undefined : never);

/** A member of an answer: its schema, and the function that takes its value from a source. */
interface Member<Source, Schema extends TSchema> {
  readonly schema: Schema;
  readonly from: (source: Source) => ValueOf<Schema>;
}

type MemberMaker<Source> = <Schema extends TSchema>(
  schema: Schema,
  from: (source: Source) => ValueOf<Schema>,
) => Member<Source, Schema>;

/** An answer: its schema, and the function that makes the answer from a source. */
export interface View<Source, Properties extends TProperties> {
  readonly schema: TObject<Properties>;
  readonly of: (source: Source) => Static<TObject<Properties>>;
}

/**
 * Describes an answer member by member. Each member has both a schema and a value.
 *
 * @example viewFrom<Profile>()((member) => ({ id: member(Type.Integer(), ({ id }) => id) }))
 */
export const viewFrom =
  <Source>() =>
  <Properties extends TProperties>(
    describe: (member: MemberMaker<Source>) => {
      readonly [Name in keyof Properties]: Member<Source, Properties[Name]>;
    },
    options?: TObjectOptions,
  ): View<Source, Properties> => {
    const members = Object.entries(describe((schema, from) => ({ schema, from }))) as [
      string,
      Member<Source, TSchema>,
    ][];
    const properties = Object.fromEntries(members.map(([name, { schema }]) => [name, schema]));
    return {
      schema: Type.Object(properties as Properties, options),
      of: (source) => {
        const answer: Record<string, unknown> = {};
        for (const [name, { from }] of members) {
          const value = from(source);
          if (value !== undefined) answer[name] = value;
        }
        return answer as Static<TObject<Properties>>;
      },
    };
  };

/** An answer with the members of two views: first those of `first`, then those of `second`. */
export const joined = <Source, First extends TProperties, Second extends TProperties>(
  first: View<Source, First>,
  second: View<Source, Second>,
  options?: TObjectOptions,
): View<Source, First & Second> => ({
  schema: Type.Object({ ...first.schema.properties, ...second.schema.properties }, options),
  of: (source) => ({ ...first.of(source), ...second.of(source) }) as Static<TObject<First & Second>>,
});

/** Applies a view to a part of a larger source. */
export const viewOfPart = <Source, Part, Properties extends TProperties>(
  view: View<Part, Properties>,
  part: (source: Source) => Part,
): View<Source, Properties> => ({ schema: view.schema, of: (source) => view.of(part(source)) });
