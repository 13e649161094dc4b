import Type, { type Static } from 'typebox';
import type { PreparedType } from '../../orders/index.js';
import {
  DeviceRequirements,
  GeneratorParameters,
  personalisations,
  ProfileMetadata,
} from '../../profiles/index.js';

import { Warning, warningsOf } from '../http/warning.js';

/** Generator parameters that are secret, even if they belong to a test network. */
const secrets = ['k', 'opc', 'otaKey', 'adm1', 'pin1', 'pin2', 'puk1', 'puk2'] as const;
type Secret = (typeof secrets)[number];

const PackageView = Type.Object({
  size: Type.Integer({ description: 'octets' }),
  version: Type.String({ description: 'of the SAIP specification, for instance 2.3' }),
  profileName: Type.Optional(Type.String()),
  mandatoryServices: Type.Array(Type.String()),
});

/** A profile type as JSON. */
export const ProfileTypeView = Type.Object(
  {
    name: Type.String(),
    description: Type.Optional(Type.String()),
    operators: Type.Optional(
      Type.Array(Type.String(), { description: 'the operators that may order it; absent: any' }),
    ),
    builtIn: Type.Boolean({ description: 'true: it can be neither changed nor deleted' }),
    source: Type.Enum(['generated', 'uploaded']),
    parameters: Type.Optional(Type.Omit(GeneratorParameters, [...secrets])),
    personalise: Type.Optional(Type.Enum([...personalisations])),
    iccid: Type.Optional(
      Type.String({ description: 'the ICCID that all profiles of the type share (personalise=none)' }),
    ),
    metadata: ProfileMetadata,
    requirements: Type.Optional(DeviceRequirements),
    protection: Type.Enum(['session', 'random']),
    package: PackageView,
    warnings: Type.Array(Warning, { description: 'what will go wrong in every download' }),
  },
  { description: 'A profile type' },
);
export type ProfileTypeView = Static<typeof ProfileTypeView>;

/** A profile type as the control API shows it, without keys and PINs. */
export function profileTypeView({ compiled, remarks }: PreparedType, builtIn: boolean): ProfileTypeView {
  const { definition, upp, fixedIccid } = compiled;
  const { name, description, operators, source, metadata, requirements, protection } = definition;
  return {
    name,
    ...(description !== undefined && { description }),
    ...(operators && { operators: [...operators] }),
    builtIn,
    source: source.kind,
    ...(source.kind === 'generated'
      ? { parameters: withoutSecretParameters(source.parameters) }
      : { personalise: source.personalise }),
    ...(fixedIccid !== undefined && { iccid: fixedIccid }),
    metadata,
    ...(requirements && { requirements }),
    protection,
    package: {
      size: upp.elements.reduce((size, { octets }) => size + octets.length, 0),
      version: `${upp.version.major}.${upp.version.minor}`,
      ...(upp.profileName !== undefined && { profileName: upp.profileName }),
      mandatoryServices: [...upp.mandatoryServices],
    },
    warnings: warningsOf(remarks),
  };
}

/** Parameters of the generator without keys and PINs. */
export const withoutSecretParameters = (parameters: GeneratorParameters): Omit<GeneratorParameters, Secret> =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !secrets.includes(name as Secret)));
