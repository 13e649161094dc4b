import { firstCharacters } from '../base/characters.js';
import { fitsTag5A, longestName } from '../wire/rsp/index.js';
import { ProfileDataError, UppError } from './errors.js';
import {
  completeParameters,
  type CompleteParameters,
  type GeneratorParameters,
} from './generator/parameters.js';
import { opcOf } from './generator/milenage.js';
import { generateProfile } from './generator/generate.js';
import { checkIccid } from './iccid.js';
import { imsiFromIccid } from './imsi.js';
import { buildMetadata, checkMetadata } from './metadata/build.js';
import type { ProfileMetadata } from './metadata/schema.js';
import type { ProfileTypeDefinition } from './profile-type.js';
import { checkRequirements } from './requirements.js';
import { networkSubscriber, type NetworkSubscriber } from './subscribers/network.js';
import { networkCodesOf, parametersOf, type Subscriber } from './subscribers/subscriber.js';
import { personaliser, type PersonalData, type Personalisation } from './upp/personalise.js';
import { readUpp, type Upp } from './upp/read.js';

/**
 * A profile type that is ready for use. Its package has already been read, so that making the package of a profile
 * takes little time.
 */
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
   * @throws ProfileDataError if the data cannot be written into the package
   */
  package(profile: ProfileData): Buffer;
  /**
   * The StoreMetadataRequest (BF25) of one profile. Build it once per download.
   *
   * @throws ProfileDataError that names the invalid field
   */
  metadata(profile: ProfileData & { serverAddress: string; metadata?: ProfileMetadata | undefined }): Buffer;
  /**
   * The data of a profile that a core network needs.
   *
   * @throws ProfileDataError if the type's package was uploaded and the profile's subscriber lacks `imsi`, `k`, or both `op` and `opc`
   */
  network(profile: ProfileData): NetworkSubscriber;
}

/** What distinguishes a profile from others of its type. */
export interface ProfileData {
  /** 18 to 20 digits. */
  readonly iccid: string;
  readonly subscriber?: Subscriber | undefined;
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
  const metadata: CompiledProfileType['metadata'] = ({ iccid, serverAddress, metadata: own, subscriber }) =>
    buildMetadata(
      iccid,
      own || subscriber
        ? { ...typeMetadata, ...template.ofSubscriber(subscriber), ...(own && checkMetadata(own)) }
        : typeMetadata,
      serverAddress,
    );
  metadata({ iccid: PLACEHOLDER_ICCID, serverAddress: 'localhost' });
  checkRequirements(definition.requirements ?? {});
  return {
    definition,
    upp,
    fixedIccid: personalisation === 'none' ? iccidOf(upp) : undefined,
    package: template.personal,
    network: template.network,
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
  /** Metadata derived from the package. */
  readonly metadata: ProfileMetadata;
  readonly personal: CompiledProfileType['package'];
  readonly network: CompiledProfileType['network'];
  /** Metadata that follow from the data of a subscriber. */
  readonly ofSubscriber: (subscriber: Subscriber | undefined) => ProfileMetadata;
}

const prepare = ({ source }: ProfileTypeDefinition): Template =>
  source.kind === 'generated'
    ? prepareGenerated(source.parameters)
    : prepareUploaded(source.upp, source.personalise);

function prepareGenerated(given: unknown): Template {
  const parameters = completeParameters(given);
  const { imsi: imsiPattern } = parameters;
  const ofType = given as GeneratorParameters;
  const parametersFor = (subscriber: Subscriber | undefined): CompleteParameters =>
    subscriber === undefined ? parameters : parametersOf(ofType, subscriber);
  const package_ = generateProfile(
    parameters,
    PLACEHOLDER_ICCID,
    imsiFromIccid(imsiPattern, PLACEHOLDER_ICCID),
  );
  const upp = readUpp(package_);
  const ofIccid = personaliser(package_, upp, 'all', imsiPattern);
  return {
    package: package_,
    upp,
    personalisation: 'all',
    metadata: { ...metadataOf(parameters), profileName: parameters.profileName },
    personal: ({ iccid, subscriber }) => {
      if (subscriber === undefined) return ofIccid({ iccid });
      const own = parametersFor(subscriber);
      return generateProfile(own, checkIccid(iccid), imsiFromIccid(own.imsi, iccid));
    },
    network: ({ iccid, subscriber }) => networkSubscriber(iccid, parametersFor(subscriber)),
    ofSubscriber: (subscriber) =>
      subscriber === undefined ? {} : metadataOf(parametersFor(subscriber), subscriber),
  };
}

/**
 * The metadata that follow from the parameters.
 *
 * @param only if given, returns only the metadata that follow from the members of this subscriber. Default: all metadata
 */
function metadataOf({ spn, mcc, mnc, gid1, gid2 }: CompleteParameters, only?: Subscriber): ProfileMetadata {
  const isOwner = !only || [only.imsi, only.mnc, only.gid1, only.gid2].some((value) => value !== undefined);
  return {
    ...((!only || only.spn !== undefined) && { serviceProviderName: spn }),
    ...(isOwner && {
      profileOwner: { mccMnc: mcc + mnc, ...(gid1 && { gid1 }), ...(gid2 && { gid2 }) },
    }),
  };
}

/** MCC and MNC of the test PLMN 001/01. */
const TEST_PLMN = '00101';

function prepareUploaded(package_: Buffer, personalisation: Personalisation): Template {
  const upp = readUpp(package_);
  const mccMnc = upp.imsi?.slice(0, 3 + (upp.mncLength === 3 ? 3 : 2)) ?? TEST_PLMN;
  const personal = personaliser(package_, upp, personalisation, mccMnc.padEnd(15, 'x'));
  return {
    package: package_,
    upp,
    personalisation,
    personal: ({ iccid, subscriber }) =>
      personal({ iccid, ...(subscriber && dataForPackage(subscriber, personalisation)) }),
    network: ({ iccid, subscriber = {} }) => {
      const { imsi, k } = subscriber;
      if (imsi === undefined || k === undefined || (subscriber.op ?? subscriber.opc) === undefined)
        throw new ProfileDataError(
          'subscriber',
          'the keys are only inside the uploaded package: give imsi, k, and op or opc for each profile',
        );
      return networkSubscriber(iccid, parametersOf({}, subscriber));
    },
    ofSubscriber: (subscriber) =>
      subscriber?.imsi === undefined
        ? {}
        : { profileOwner: { mccMnc: Object.values(networkCodesOf(subscriber.imsi)).join('') } },
    metadata: {
      serviceProviderName: 'Mock MNO',
      profileName: firstCharacters(upp.profileName ?? 'Uploaded profile', longestName.profileName),
      profileOwner: { mccMnc },
      ...(upp.usesTestAlgorithm && { profileClass: 'test' as const }),
    },
  };
}

/** The members that a profile of an uploaded package may have. The package has no place for `amf`, `sqn` and `mnc`; core networks need them. */
const inPackage: ReadonlySet<string> = new Set(['imsi', 'k', 'op', 'opc', 'amf', 'sqn', 'mnc']);

/** @throws ProfileDataError for members that an uploaded package has no place for */
function dataForPackage(
  { imsi, k, op, opc, ...others }: Subscriber,
  personalisation: Personalisation,
): Omit<PersonalData, 'iccid'> {
  if (personalisation !== 'all')
    throw new ProfileDataError(
      'subscriber',
      'each profile has the IMSI, K and OPc of the uploaded package; to give it others, upload the package with personalise=all',
    );
  const without = Object.keys(others).find((name) => !inPackage.has(name));
  if (without !== undefined)
    throw new ProfileDataError(
      `subscriber.${without}`,
      'cannot be written into an uploaded package; leave it out, or use a profile type with a generated package',
    );
  if (op !== undefined && k === undefined)
    throw new ProfileDataError(
      'subscriber.op',
      'is given without k; give k too, because OPc follows from both',
    );
  const operatorKey = op === undefined ? opc : opcOf(k!, op);
  return {
    ...(imsi !== undefined && { imsi }),
    ...(k !== undefined && { k: Buffer.from(k, 'hex') }),
    ...(operatorKey !== undefined && { opc: Buffer.from(operatorKey, 'hex') }),
  };
}
