import Type, { type Static } from 'typebox';
import {
  DeviceRequirements,
  GeneratorParameters,
  packageOctets,
  personalisations,
  ProfileMetadata,
  type ProfileSource,
  type ProfileTypeDefinition,
} from '../../profiles/index.js';
import { fieldProblem } from '../http/problem.js';

const personalise = Type.Optional(
  Type.Enum([...personalisations], {
    description: `one of ${personalisations.join(', ')}: the values that the server writes into the package of each profile; default: iccid`,
  }),
);
const protection = Type.Optional(
  Type.Enum(['session', 'random'], {
    description:
      'session or random (ReplaceSessionKeys): the keys that protect the package; default: session',
  }),
);
const description = Type.Optional(
  Type.String({
    maxLength: 1024,
    description: 'text of up to 1024 characters that describes the profile type',
  }),
);

const operators = Type.Optional(
  Type.Union([Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { maxItems: 1000 }), Type.Null()], {
    description:
      'a list with the functionRequesterIdentifier of each operator that may order the profile type; null: any operator; default: null',
  }),
);

/** JSON body of `PUT /profile-types/{name}`. */
export const TypeBody = Type.Object(
  {
    description,
    operators,
    metadata: Type.Optional(ProfileMetadata),
    requirements: Type.Optional(DeviceRequirements),
    protection,
    parameters: Type.Optional(GeneratorParameters),
    personalise,
  },
  { additionalProperties: false, description: 'an object with members of the profile type' },
);
export type TypeBody = Static<typeof TypeBody>;

/** Query of `PUT /profile-types/{name}`: settings that go with an uploaded package. */
export const TypeQuery = Type.Object(
  {
    description,
    protection,
    personalise,
    serviceProviderName: ProfileMetadata.properties.serviceProviderName,
    profileName: ProfileMetadata.properties.profileName,
    profileClass: ProfileMetadata.properties.profileClass,
  },
  { additionalProperties: false },
);
export type TypeQuery = Static<typeof TypeQuery>;

/** The change that the body and the query of a `PUT` describe together. */
export interface TypeChange extends TypeBody {
  /** The uploaded package. */
  readonly upp?: Buffer | undefined;
}

/** Merges body and query. If both have a member, the body wins. */
export function changeOf(body: TypeBody | Buffer, query: TypeQuery): TypeChange {
  const { description, protection, personalise, ...names } = query;
  const upload = Buffer.isBuffer(body) ? { upp: packageOctets(body) } : body;
  return {
    ...(description !== undefined && { description }),
    ...(protection !== undefined && { protection }),
    ...(personalise !== undefined && { personalise }),
    ...(Object.keys(names).length > 0 && { metadata: names }),
    ...upload,
  };
}

/**
 * Applies a change to a definition. Omitted members keep their values. A caller can therefore change the metadata
 * without uploading the package again.
 *
 * @throws Problem 400 if the change contradicts the existing definition
 */
export function changed(
  name: string,
  previous: ProfileTypeDefinition | undefined,
  change: TypeChange,
): ProfileTypeDefinition {
  const description = change.description ?? previous?.description;
  const requirements = change.requirements ?? previous?.requirements;
  const operators = change.operators === undefined ? previous?.operators : change.operators;
  return {
    name,
    ...(description !== undefined && { description }),
    ...(operators && { operators }),
    source: sourceAfter(previous?.source, change),
    metadata: change.metadata ?? previous?.metadata ?? {},
    ...(requirements && { requirements }),
    protection: change.protection ?? previous?.protection ?? 'session',
  };
}

function sourceAfter(
  previous: ProfileSource | undefined,
  { upp, parameters, personalise }: TypeChange,
): ProfileSource {
  const wasUploaded = previous?.kind === 'uploaded' ? previous : undefined;
  const package_ = upp ?? (parameters ? undefined : wasUploaded?.upp);
  if (package_)
    return {
      kind: 'uploaded',
      upp: package_,
      personalise: personalise ?? wasUploaded?.personalise ?? 'iccid',
    };
  if (personalise !== undefined)
    throw fieldProblem(
      'personalise',
      'is allowed only for an uploaded package; a generated package is always personalised',
      'leave it out, or upload the package as application/octet-stream',
    );
  return previous?.kind === 'generated' && !parameters
    ? previous
    : { kind: 'generated', parameters: parameters ?? {} };
}
