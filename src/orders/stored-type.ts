import type { ProfileTypeDefinition } from '../profiles/index.js';
import type { StoredProfileType } from '../store/index.js';

type WithoutPackage = Omit<ProfileTypeDefinition, 'name' | 'source'> & {
  readonly source:
    | Extract<ProfileTypeDefinition['source'], { kind: 'generated' }>
    | Omit<Extract<ProfileTypeDefinition['source'], { kind: 'uploaded' }>, 'upp'>;
};

/** Converts a profile type to a row of the store. @param now milliseconds since 1970 */
export function toStoredType(
  { name, source, ...rest }: ProfileTypeDefinition,
  now: number,
): StoredProfileType {
  const withoutPackage: WithoutPackage = {
    ...rest,
    source: source.kind === 'uploaded' ? { kind: source.kind, personalise: source.personalise } : source,
  };
  return {
    name,
    definition: JSON.stringify(withoutPackage),
    upp: source.kind === 'uploaded' ? source.upp : null,
    updatedAt: now,
  };
}

/** Converts a row of the store to a profile type. */
export function fromStoredType({ name, definition, upp }: StoredProfileType): ProfileTypeDefinition {
  const { source, ...rest } = JSON.parse(definition) as WithoutPackage;
  if (source.kind === 'generated') return { name, ...rest, source };
  if (!upp) throw new Error(`profile type '${name}' is stored without its package`);
  return { name, ...rest, source: { ...source, upp } };
}
