import { firstCharacters } from '../base/characters.js';
import { fitsTag5A, longestName } from '../wire/rsp/index.js';
import { UppError } from './errors.js';
import { completeParameters } from './generator/parameters.js';
import { generateProfile } from './generator/generate.js';
import { imsiFromIccid } from './imsi.js';
import { buildMetadata, checkMetadata } from './metadata/build.js';
import type { ProfileMetadata } from './metadata/schema.js';
import type { ProfileTypeDefinition } from './profile-type.js';
import { checkRequirements } from './requirements.js';
import { personaliser, type PersonalData, type Personalisation } from './upp/personalise.js';
import { readUpp, type Upp } from './upp/read.js';

/** A profile type that is ready for use. To make the package of a profile, it only copies the type's package once. */
export interface CompiledProfileType {
  readonly definition: ProfileTypeDefinition;
  /** The data read from the package. */
  readonly upp: Upp;
  /**
   * The ICCID of every profile of the type, if its package is delivered unchanged (personalise `none`). `undefined` if each profile
   * has its own ICCID.
   */
  readonly fixedIccid: string | undefined;
  /**
   * The unprotected profile package of one profile. Do not modify it, because several profiles may share it.
   *
   * @throws ProfileDataError if `personal` cannot be written into the package
   */
  package(personal: PersonalData): Buffer;
  /**
   * The StoreMetadataRequest (BF25) of one profile. Build it once per download.
   *
   * @throws ProfileDataError that names the invalid field
   */
  metadata(profile: { iccid: string; serverAddress: string; metadata?: ProfileMetadata | undefined }): Buffer;
}

/** Placeholder in a generated package for the ICCID of each profile. */
const PLACEHOLDER_ICCID = '8900101000000000000';

/**
 * Checks and prepares a profile type.
 *
 * @throws UppError if the uploaded file is not a profile package, or cannot be personalised as requested
 * @throws ProfileDataError if parameters, metadata or requirements are invalid
 */
export function compileProfileType(definition: ProfileTypeDefinition): CompiledProfileType {
  const template = prepare(definition);
  const { upp, personalisation } = template;
  const typeMetadata = { ...template.metadata, ...checkMetadata(definition.metadata) };
  const metadata: CompiledProfileType['metadata'] = ({ iccid, serverAddress, metadata: own }) =>
    buildMetadata(iccid, own ? { ...typeMetadata, ...checkMetadata(own) } : typeMetadata, serverAddress);
  metadata({ iccid: PLACEHOLDER_ICCID, serverAddress: 'localhost' });
  checkRequirements(definition.requirements ?? {});
  return {
    definition,
    upp,
    fixedIccid: personalisation === 'none' ? iccidOf(upp) : undefined,
    package: personaliser(template.package, upp, personalisation, template.imsiPattern),
    metadata,
  };
}

/** The ICCID of a package that is delivered unchanged. EF.ICCID counts, if present, because the eUICC compares it with the metadata. */
function iccidOf({ fileIccid, headerIccid }: Upp): string {
  const iccid = fileIccid ?? headerIccid;
  if (!fitsTag5A(iccid)) throw new UppError('the ICCID of the package has no digits', 1, 0);
  return iccid;
}

/** A package with space for the personal data of a profile. */
interface Template {
  readonly package: Buffer;
  readonly upp: Upp;
  readonly personalisation: Personalisation;
  readonly imsiPattern: string;
  /** Metadata derived from the package. */
  readonly metadata: ProfileMetadata;
}

const prepare = ({ source }: ProfileTypeDefinition): Template =>
  source.kind === 'generated'
    ? prepareGenerated(source.parameters)
    : prepareUploaded(source.upp, source.personalise);

function prepareGenerated(given: unknown): Template {
  const parameters = completeParameters(given);
  const { imsi: imsiPattern, spn, profileName, mcc, mnc, gid1, gid2 } = parameters;
  const package_ = generateProfile(
    parameters,
    PLACEHOLDER_ICCID,
    imsiFromIccid(imsiPattern, PLACEHOLDER_ICCID),
  );
  return {
    package: package_,
    upp: readUpp(package_),
    personalisation: 'all',
    imsiPattern,
    metadata: {
      serviceProviderName: spn,
      profileName,
      profileOwner: { mccMnc: mcc + mnc, ...(gid1 && { gid1 }), ...(gid2 && { gid2 }) },
    },
  };
}

/** MCC and MNC of the test PLMN 001/01. */
const TEST_PLMN = '00101';

function prepareUploaded(package_: Buffer, personalisation: Personalisation): Template {
  const upp = readUpp(package_);
  const mccMnc = upp.imsi?.slice(0, 3 + (upp.mncLength === 3 ? 3 : 2)) ?? TEST_PLMN;
  return {
    package: package_,
    upp,
    personalisation,
    imsiPattern: mccMnc.padEnd(15, 'x'),
    metadata: {
      serviceProviderName: 'Mock MNO',
      profileName: firstCharacters(upp.profileName ?? 'Uploaded profile', longestName.profileName),
      profileOwner: { mccMnc },
      ...(upp.usesTestAlgorithm && { profileClass: 'test' as const }),
    },
  };
}
