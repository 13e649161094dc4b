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
      'an object with the least releases that the device has to support, under the names of SGP.22 4.2',
  },
);

/** What a device and its eUICC have to offer for a profile, beyond what follows from the profile itself. */
export const DeviceRequirements = Type.Object(
  {
    svn: version('the least version of SGP.22 that the eUICC has to support'),
    memory: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2 ** 31,
        description: 'free octets that the eUICC has to have, 0: any; default: the size of the package',
      }),
    ),
    rspCapability: capabilities(keysOf(RspCapability), 'additionalProfile'),
    uiccCapability: capabilities(keysOf(UiccCapability), 'usimSupport, akaMilenage'),
    deviceCapabilities: Type.Optional(DeviceCapabilities),
  },
  { additionalProperties: false, description: 'an object that says what device and eUICC have to offer' },
);
export type DeviceRequirements = Static<typeof DeviceRequirements>;

/** Whether they are some. @throws ProfileDataError naming the field that is wrong */
export const checkRequirements = checker('requirements', DeviceRequirements);
