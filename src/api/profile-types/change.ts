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
    description: `what is written into the package for each profile, ${personalisations.join(', ')}; default: iccid`,
  }),
);
const protection = Type.Optional(
  Type.Enum(['session', 'random'], {
    description: 'keys that protect the package, session or random (ReplaceSessionKeys); default: session',
  }),
);
const description = Type.Optional(
  Type.String({
    maxLength: 1024,
    description: 'text of up to 1024 characters that says what the type is for',
  }),
);

const operators = Type.Optional(
  Type.Union([Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { maxItems: 1000 }), Type.Null()], {
    description:
      'a list of the functionRequesterIdentifiers of the operators that may order it, null: any; default: null',
  }),
);

/** The body of `PUT /profile-types/{name}` in JSON. */
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
  { additionalProperties: false, description: 'an object that says what the profile type is to be' },
);
export type TypeBody = Static<typeof TypeBody>;

/** The query of `PUT /profile-types/{name}`: what an upload can say beside its octets. */
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

/** What a `PUT` says, from body and query. */
export interface TypeChange extends TypeBody {
  /** The octets that were uploaded. */
  readonly upp?: Buffer | undefined;
}

/** Brings body and query together; where both say something, the body counts. */
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
 * The definition after the change: what it does not mention stays as it was, so that metadata can follow a package without
 * another upload.
 *
 * @throws Problem 400 where the change does not go together with what there is
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
      'only an uploaded package can be personalised in part, a generated one always is',
      'leave it out, or upload the package as application/octet-stream',
    );
  return previous?.kind === 'generated' && !parameters
    ? previous
    : { kind: 'generated', parameters: parameters ?? {} };
}
