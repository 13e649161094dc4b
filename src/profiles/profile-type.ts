import type { GeneratorParameters } from './generator/parameters.js';
import type { ProfileMetadata } from './metadata/schema.js';
import type { DeviceRequirements } from './requirements.js';
import type { Personalisation } from './upp/personalise.js';

/** Where the packages of a profile type come from. */
export type ProfileSource =
  | { readonly kind: 'generated'; readonly parameters: GeneratorParameters }
  | { readonly kind: 'uploaded'; readonly upp: Buffer; readonly personalise: Personalisation };

/**
 * A profile type: a template from which profiles are prepared. Plain data: JSON, but for the octets of an uploaded
 * package.
 */
export interface ProfileTypeDefinition {
  /** What `profileType` in an order refers to. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly source: ProfileSource;
  /** functionRequesterIdentifiers of the operators that may order it; absent: any. */
  readonly operators?: readonly string[] | undefined;
  /** What profiles of this type have unless their own metadata says otherwise. */
  readonly metadata: ProfileMetadata;
  /** What device and eUICC have to offer; absent: room for the package. */
  readonly requirements?: DeviceRequirements | undefined;
  /** Keys that protect the package when it is bound: those of the session, or random ones (ReplaceSessionKeys). */
  readonly protection: 'session' | 'random';
}
