import type { GeneratorParameters } from './generator/parameters.js';
import type { ProfileMetadata } from './metadata/schema.js';
import type { DeviceRequirements } from './requirements.js';
import type { Personalisation } from './upp/personalise.js';

/** The source of the packages of a profile type. */
export type ProfileSource =
  | { readonly kind: 'generated'; readonly parameters: GeneratorParameters }
  | { readonly kind: 'uploaded'; readonly upp: Buffer; readonly personalise: Personalisation };

/**
 * A profile type: a template for profiles. Plain JSON data, except for the octets of an uploaded package.
 */
export interface ProfileTypeDefinition {
  /** The name that `profileType` in an order refers to. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly source: ProfileSource;
  /** functionRequesterIdentifiers of the operators that may order it; absent: any. */
  readonly operators?: readonly string[] | undefined;
  /** Metadata of all profiles of this type. A profile's own metadata overrides them. */
  readonly metadata: ProfileMetadata;
  /** What the device and eUICC must support. Absent: only enough memory for the package. */
  readonly requirements?: DeviceRequirements | undefined;
  /** Keys that protect the package: the session keys, or random ones (ReplaceSessionKeys). */
  readonly protection: 'session' | 'random';
}
