import type { GeneratorParameters } from './generator/parameters.js';
import type { ProfileMetadata } from './metadata/schema.js';
import type { DeviceRequirements } from './requirements.js';
import type { Personalisation } from './upp/personalise.js';

/** The source of the packages of a profile type. */
export type ProfileSource =
  | { readonly kind: 'generated'; readonly parameters: GeneratorParameters }
  | { readonly kind: 'uploaded'; readonly upp: Buffer; readonly personalise: Personalisation };

/** A profile type: a template for profiles. All of it is JSON data, except for the octets of an uploaded package. */
export interface ProfileTypeDefinition {
  /** The name by which `profileType` in an order refers to the type. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly source: ProfileSource;
  /** functionRequesterIdentifiers of the operators that may order the type. Absent: every operator may. */
  readonly operators?: readonly string[] | undefined;
  /** Metadata of all profiles of this type. The members of a profile's own metadata override these members. */
  readonly metadata: ProfileMetadata;
  /** What the device and eUICC must support. Absent: the eUICC only needs enough memory for the package. */
  readonly requirements?: DeviceRequirements | undefined;
  /** The keys that protect the package in a BPP: the session keys, or random keys (ReplaceSessionKeys). */
  readonly protection: 'session' | 'random';
}
