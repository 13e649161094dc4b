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

/** A profile type made ready, so that preparing one profile costs no more than a copy of its package. */
export interface CompiledProfileType {
  readonly definition: ProfileTypeDefinition;
  /** What the package says about itself. */
  readonly upp: Upp;
  /**
   * The ICCID that every profile of the type has because its package goes out as it is (personalise `none`); `undefined`
   * where each profile has its own.
   */
  readonly fixedIccid: string | undefined;
  /**
   * The unprotected profile package of one profile. Not to be written to: it may be shared.
   *
   * @throws ProfileDataError when `personal` cannot be written into the package
   */
  package(personal: PersonalData): Buffer;
  /**
   * The StoreMetadataRequest (BF25) of one profile, to be built once per download.
   *
   * @throws ProfileDataError naming the field that is wrong
   */
  metadata(profile: { iccid: string; serverAddress: string; metadata?: ProfileMetadata | undefined }): Buffer;
}

/** Stands in a generated package where each profile's own ICCID goes. */
const PLACEHOLDER_ICCID = '8900101000000000000';

/**
 * Checks a profile type and makes it ready.
 *
 * @throws UppError when the uploaded package is none, or cannot be personalised as asked
 * @throws ProfileDataError when parameters, metadata or requirements are wrong
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

/** The ICCID of a package that stays as it is, whatever its form: that of EF.ICCID, with which the eUICC compares the metadata. */
function iccidOf({ fileIccid, headerIccid }: Upp): string {
  const iccid = fileIccid ?? headerIccid;
  if (!fitsTag5A(iccid)) throw new UppError('the ICCID of the package has no digits', 1, 0);
  return iccid;
}

/** A package with room for personal data, and what follows from it. */
interface Template {
  readonly package: Buffer;
  readonly upp: Upp;
  readonly personalisation: Personalisation;
  readonly imsiPattern: string;
  /** Metadata that the package itself suggests. */
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

/** Digits of mcc and mnc in the test PLMN 001/01. */
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
