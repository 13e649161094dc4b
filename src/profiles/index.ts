/** Profile preparation: profile types, packages (SAIP), personalisation and metadata, without any HTTP or SQL. */
export { builtInProfileTypes, DEFAULT_PROFILE_TYPE } from './built-in.js';
export { compileProfileType, type CompiledProfileType, type ProfileData } from './compile.js';
export { ProfileDataError, UppError } from './errors.js';
export { GeneratorParameters } from './generator/parameters.js';
export { iccidFromSequence } from './iccid.js';
export { buildMetadata, checkMetadata } from './metadata/build.js';
export { ProfileMetadata } from './metadata/schema.js';
export { checkRequirements, DeviceRequirements } from './requirements.js';
export type { ProfileSource, ProfileTypeDefinition } from './profile-type.js';
export { withDrawnKeys, type Drawn } from './subscribers/draw.js';
export {
  entriesFor,
  isSupportedBy,
  networks,
  subscribersFor,
  type ExportOptions,
  type Network,
} from './subscribers/exports/index.js';
export { subscriberDifferences } from './subscribers/differences.js';
export { networkSubscriber, type NetworkSubscriber } from './subscribers/network.js';
export { networkCodesOf, parametersOf, Subscriber, subscriberSecrets } from './subscribers/subscriber.js';
export { personalisations, type PersonalData, type Personalisation } from './upp/personalise.js';
export { packageOctets } from './upp/package-text.js';
export { readUpp, type Upp } from './upp/read.js';
export {
  lintPackage,
  lintRules,
  severities,
  type Finding,
  type LintOptions,
  type Severity,
} from './lint/index.js';
export {
  diffPackages,
  inspectPackage,
  viewPackage,
  type Difference,
  type ElementView,
  type FileView,
  type InspectedPackage,
  type PackageView,
  type ViewValue,
} from './inspect/index.js';
