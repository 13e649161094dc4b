import { bits } from '../wire/asn1/index.js';
import type { CompiledProfileType, PersonalData, ProfileMetadata } from '../profiles/index.js';
import { PprId } from '../wire/rsp/index.js';
import type { Profile } from '../store/index.js';
import type { Requirements } from './eligibility.js';
import type { Remark } from './profile-request.js';
import { typeRemarks } from './type-remarks.js';

/** A profile type in use: what the functions of SGP.22 need of it for one profile. */
export interface PreparedType {
  readonly name: string;
  /** Keys that protect the package when it is bound: those of the session, or random ones. */
  readonly protection: 'session' | 'random';
  /** Whether all profiles of the type have the ICCID of the package, because that goes out as it is. */
  readonly sharesIccid: boolean;
  /** What will go wrong in every download. */
  readonly remarks: readonly Remark[];
  /** What it was made from. */
  readonly compiled: CompiledProfileType;
  /** The StoreMetadataRequest (BF25). @throws ProfileDataError where the profile's own metadata are wrong */
  metadata(profile: Pick<Profile, 'iccid' | 'metadata'>): Buffer;
  /** The unprotected profile package. Not to be written to. @throws ProfileDataError where personal data are wrong */
  package(profile: Pick<Profile, 'iccid' | 'personal'>): Buffer;
  /** What the eUICC has to offer. */
  requirements(profile: Pick<Profile, 'metadata'>): Requirements;
}

/** Stands for the ICCID of a profile where it does not matter which. */
const anyIccid = '8900101000000000000';

/** @param server gets the notifications of profiles whose metadata name no other; its address may change */
export function prepareType(
  compiled: CompiledProfileType,
  server: { readonly address: string },
): PreparedType {
  const { name, protection, metadata } = compiled.definition;
  // Personal data have a fixed length, so that all packages of a type are of one size.
  const memory = compiled.package({ iccid: compiled.fixedIccid ?? anyIccid }).length;
  const ofType: Requirements = { memory, ...compiled.definition.requirements };
  const requirements = requirementsOf(ofType, metadata);
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
      }),
    package: ({ iccid, personal }) =>
      compiled.package(personal === null ? { iccid } : { ...personalData(personal), iccid }),
    requirements: (profile) =>
      profile.metadata === null
        ? requirements
        : requirementsOf(ofType, { ...metadata, ...ownMetadata(profile) }),
  };
}

const ownMetadata = ({ metadata }: Pick<Profile, 'metadata'>): ProfileMetadata | undefined =>
  metadata === null ? undefined : (JSON.parse(metadata) as ProfileMetadata);

/** @param ofType what follows from the type alone */
function requirementsOf(
  ofType: Requirements,
  { profilePolicyRules: rules = [] }: ProfileMetadata,
): Requirements {
  return rules.length === 0
    ? ofType
    : { ...ofType, profilePolicyRules: bits(...rules.map((rule) => PprId[rule])) };
}

function personalData(json: string): Omit<PersonalData, 'iccid'> {
  const { imsi, k, opc } = JSON.parse(json) as { imsi?: string; k?: string; opc?: string };
  return {
    ...(imsi !== undefined && { imsi }),
    ...(k !== undefined && { k: Buffer.from(k, 'hex') }),
    ...(opc !== undefined && { opc: Buffer.from(opc, 'hex') }),
  };
}
