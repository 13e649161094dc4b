import Type, { type Static } from 'typebox';
import { RspCapability, UiccCapability } from '../wire/rsp/index.js';
import { checker } from './check.js';

const version = (description: string) =>
  Type.Optional(
    Type.String({
      pattern: '^(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})$',
      description: `${description}, for instance 2.2.0`,
    }),
  );
const capabilities = <const N extends string>(names: readonly N[], example: string) =>
  Type.Optional(
    Type.Array(Type.Enum([...names], { description: `one of ${names.join(', ')}` }), {
      uniqueItems: true,
      description: `a list of names, for instance ${example}`,
    }),
  );
const keysOf = <K extends string>(bits: Readonly<Record<K, number>>): K[] => Object.keys(bits) as K[];

/** Members of DeviceCapabilities (SGP.22 4.2). */
const release = version('a release of the standard');
const DeviceCapabilities = Type.Object(
  {
    gsmSupportedRelease: release,
    utranSupportedRelease: release,
    cdma2000onexSupportedRelease: release,
    cdma2000hrpdSupportedRelease: release,
    cdma2000ehrpdSupportedRelease: release,
    eutranEpcSupportedRelease: release,
    contactlessSupportedRelease: release,
    rspCrlSupportedVersion: release,
    nrEpcSupportedRelease: release,
    nr5gcSupportedRelease: release,
    eutran5gcSupportedRelease: release,
  },
  {
    additionalProperties: false,
    description:
      'an object with the minimum releases that the device must support, under their names in SGP.22 4.2',
  },
);

/** What a device and its eUICC must support, in addition to what the profile itself requires. */
export const DeviceRequirements = Type.Object(
  {
    svn: version('the minimum version of SGP.22 that the eUICC must support'),
    memory: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2 ** 31,
        description:
          'number of free octets that the eUICC must have; 0: no minimum; default: the size of the package',
      }),
    ),
    rspCapability: capabilities(keysOf(RspCapability), 'additionalProfile'),
    uiccCapability: capabilities(keysOf(UiccCapability), 'usimSupport, akaMilenage'),
    deviceCapabilities: Type.Optional(DeviceCapabilities),
  },
  { additionalProperties: false, description: 'an object with requirements of the device and eUICC' },
);
export type DeviceRequirements = Static<typeof DeviceRequirements>;

/** Returns its argument if it is valid. @throws ProfileDataError that names the invalid field */
export const checkRequirements = checker('requirements', DeviceRequirements);
