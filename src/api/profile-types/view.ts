import Type, { type Static } from 'typebox';
import type { PreparedType } from '../../orders/index.js';
import {
  DeviceRequirements,
  GeneratorParameters,
  personalisations,
  ProfileMetadata,
} from '../../profiles/index.js';
import { viewFrom } from '../http/view.js';
import { Warning, warningsOf } from '../http/warning.js';

/** Generator parameters that the API never shows, because they are secret even in a test network. */
const secrets = ['k', 'opc', 'otaKey', 'adm1', 'pin1', 'pin2', 'puk1', 'puk2'] as const;
type Secret = (typeof secrets)[number];

const packageView = viewFrom<PreparedType['compiled']['upp']>()((member) => ({
  size: member(Type.Integer({ description: 'octets' }), ({ elements }) =>
    elements.reduce((size, { octets }) => size + octets.length, 0),
  ),
  version: member(
    Type.String({ description: 'version of the SAIP specification, for instance 2.3' }),
    ({ version: { major, minor } }) => `${major}.${minor}`,
  ),
  profileName: member(Type.Optional(Type.String()), ({ profileName }) => profileName),
  mandatoryServices: member(Type.Array(Type.String()), ({ mandatoryServices }) => [...mandatoryServices]),
}));

/** A profile type to show. */
interface ShownType extends PreparedType {
  readonly definition: PreparedType['compiled']['definition'];
  readonly isBuiltIn: boolean;
}

/** A profile type as the control API shows it, without keys and PINs. */
export const profileTypeView = viewFrom<ShownType>()(
  (member) => ({
    name: member(Type.String(), ({ definition }) => definition.name),
    description: member(Type.Optional(Type.String()), ({ definition }) => definition.description),
    operators: member(
      Type.Optional(
        Type.Array(Type.String(), {
          description: 'the operators that may order the profile type; absent: any operator',
        }),
      ),
      ({ definition: { operators } }) => operators && [...operators],
    ),
    builtIn: member(
      Type.Boolean({ description: 'true: nobody can change or delete the profile type' }),
      ({ isBuiltIn }) => isBuiltIn,
    ),
    source: member(Type.Enum(['generated', 'uploaded']), ({ definition }) => definition.source.kind),
    parameters: member(
      Type.Optional(Type.Omit(GeneratorParameters, [...secrets])),
      ({ definition: { source } }) =>
        source.kind === 'generated' ? withoutSecretParameters(source.parameters) : undefined,
    ),
    personalise: member(Type.Optional(Type.Enum([...personalisations])), ({ definition: { source } }) =>
      source.kind === 'uploaded' ? source.personalise : undefined,
    ),
    iccid: member(
      Type.Optional(
        Type.String({ description: 'with personalise=none: the ICCID that all profiles of the type share' }),
      ),
      ({ compiled }) => compiled.fixedIccid,
    ),
    metadata: member(ProfileMetadata, ({ definition }) => definition.metadata),
    requirements: member(Type.Optional(DeviceRequirements), ({ definition }) => definition.requirements),
    protection: member(Type.Enum(['session', 'random']), ({ definition }) => definition.protection),
    package: member(packageView.schema, ({ compiled }) => packageView.of(compiled.upp)),
    warnings: member(
      Type.Array(Warning, { description: 'problems that every download will have' }),
      ({ remarks }) => warningsOf(remarks),
    ),
  }),
  { description: 'A profile type' },
);

/** A profile type as JSON. */
export const ProfileTypeView = profileTypeView.schema;
export type ProfileTypeView = Static<typeof ProfileTypeView>;

export const shownType = (type: PreparedType, isBuiltIn: boolean): ShownType => ({
  ...type,
  definition: type.compiled.definition,
  isBuiltIn,
});

/** Whether keys or PINs are among the parameters. */
export const hasSecretParameters = (parameters: GeneratorParameters): boolean =>
  secrets.some((name) => parameters[name] !== undefined);

/** Parameters of the generator without keys and PINs. */
export const withoutSecretParameters = (parameters: GeneratorParameters): Omit<GeneratorParameters, Secret> =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !secrets.includes(name as Secret)));
