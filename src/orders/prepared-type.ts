import { bits } from '../wire/asn1/index.js';
import type {
  CompiledProfileType,
  NetworkSubscriber,
  ProfileMetadata,
  Subscriber,
} from '../profiles/index.js';
import { PprId } from '../wire/rsp/index.js';
import type { Profile } from '../store/index.js';
import type { Requirements } from './eligibility.js';
import type { Remark } from './profile-request.js';
import { typeRemarks } from './type-remarks.js';

/** A profile type that is ready for use. It produces the package, metadata and requirements of each of its profiles. */
export interface PreparedType {
  readonly name: string;
  /** The keys that protect the package in a BPP: the session keys, or random keys. */
  readonly protection: 'session' | 'random';
  /** Whether all profiles of the type share the ICCID of the package, because the package is sent unchanged. */
  readonly sharesIccid: boolean;
  /** Warnings about problems that every download of the type will have. */
  readonly remarks: readonly Remark[];
  /** The definition, compiled. */
  readonly compiled: CompiledProfileType;
  /** The StoreMetadataRequest (BF25). @throws ProfileDataError if the profile's own metadata is wrong */
  metadata(profile: Pick<Profile, 'iccid' | 'metadata' | 'personal'>): Buffer;
  /** The unprotected profile package; do not change it. @throws ProfileDataError if personal data is wrong */
  package(profile: Pick<Profile, 'iccid' | 'personal'>): Buffer;
  /** What the device and its eUICC must support. */
  requirements(profile: Pick<Profile, 'iccid' | 'metadata' | 'personal'>): Requirements;
  /** The data of a profile that a core network needs. @throws ProfileDataError if only the package has its keys */
  network(profile: Pick<Profile, 'iccid' | 'personal'>): NetworkSubscriber;
}

/** Placeholder for an ICCID whose value does not matter. */
const anyIccid = '8900101000000000000';

/**
 * @param server eUICCs send notifications to its current address, unless the metadata names another address
 */
export function prepareType(
  compiled: CompiledProfileType,
  server: { readonly address: string },
): PreparedType {
  const { name, protection, metadata } = compiled.definition;
  // All packages of a type have the same size, unless a subscriber has files of its own.
  const memory = compiled.package({ iccid: compiled.fixedIccid ?? anyIccid }).length;
  const typeRequirements: Requirements = { memory, ...compiled.definition.requirements };
  const definesMemory = compiled.definition.requirements?.memory !== undefined;
  const requirements = requirementsOf(typeRequirements, metadata);
  return {
    name,
    protection,
    sharesIccid: compiled.fixedIccid !== undefined,
    remarks: typeRemarks(compiled),
    compiled,
    metadata: (profile) =>
      compiled.metadata({
        iccid: profile.iccid,
        serverAddress: server.address,
        metadata: ownMetadata(profile),
        subscriber: subscriberOf(profile),
      }),
    package: (profile) => compiled.package({ iccid: profile.iccid, subscriber: subscriberOf(profile) }),
    network: (profile) => compiled.network({ iccid: profile.iccid, subscriber: subscriberOf(profile) }),
    requirements: (profile) => {
      if (profile.metadata === null && profile.personal === null) return requirements;
      const subscriber = subscriberOf(profile);
      const own =
        subscriber === undefined || definesMemory
          ? typeRequirements
          : { ...typeRequirements, memory: compiled.package({ iccid: profile.iccid, subscriber }).length };
      return requirementsOf(own, { ...metadata, ...ownMetadata(profile) });
    },
  };
}

/** The data of a profile's subscriber. `undefined`: the profile has the data of its type. */
export const subscriberOf = ({ personal }: Pick<Profile, 'personal'>): Subscriber | undefined =>
  personal === null ? undefined : (JSON.parse(personal) as Subscriber);

const ownMetadata = ({ metadata }: Pick<Profile, 'metadata'>): ProfileMetadata | undefined =>
  metadata === null ? undefined : (JSON.parse(metadata) as ProfileMetadata);

function requirementsOf(
  typeRequirements: Requirements,
  { profilePolicyRules: rules = [] }: ProfileMetadata,
): Requirements {
  return rules.length === 0
    ? typeRequirements
    : { ...typeRequirements, profilePolicyRules: bits(...rules.map((rule) => PprId[rule])) };
}
