import Type, { type Static } from 'typebox';
import {
  DeviceRequirements,
  GeneratorParameters,
  personalisations,
  ProfileMetadata,
} from '../../profiles/index.js';
import type { StoredProfileType } from '../../store/index.js';
import { withoutSecretParameters } from '../profile-types/view.js';
import { orNull } from '../http/or-null.js';
import { base64, exactly, secret, withheld } from './members.js';

const Definition = exactly({
  description: Type.Optional(Type.String()),
  source: Type.Union(
    [
      exactly({ kind: Type.Literal('generated'), parameters: GeneratorParameters }),
      exactly({ kind: Type.Literal('uploaded'), personalise: Type.Enum([...personalisations]) }),
    ],
    { description: 'where the packages of the profile type come from' },
  ),
  operators: Type.Optional(Type.Array(Type.String())),
  metadata: ProfileMetadata,
  requirements: Type.Optional(DeviceRequirements),
  protection: Type.Enum(['session', 'random'], { description: 'session or random' }),
});
type Definition = Static<typeof Definition>;

/** A profile type that is not built in. Its keys, PINs and package are secret. */
export const TypeRecord = exactly({
  name: Type.String({ minLength: 1, description: 'the name of a profile type' }),
  definition: Definition,
  upp: secret(orNull(base64('the uploaded package'))),
});
export type TypeRecord = Static<typeof TypeRecord>;

export function typeRecord({ name, definition, upp }: StoredProfileType, showSecrets: boolean): TypeRecord {
  const given = JSON.parse(definition) as Definition;
  return {
    name,
    definition: showSecrets ? given : withoutSecrets(given),
    upp: upp && (showSecrets ? upp.toString('base64') : withheld),
  };
}

function withoutSecrets({ source, ...rest }: Definition): Definition {
  if (source.kind === 'uploaded') return { source, ...rest };
  return { source: { ...source, parameters: withoutSecretParameters(source.parameters) }, ...rest };
}
