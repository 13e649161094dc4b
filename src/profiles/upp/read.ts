import { decode, type Infer, type Type } from '../../wire/asn1/index.js';
import { iccidFromOctets, swapNibbles } from '../../wire/rsp/index.js';
import { UppError } from '../errors.js';
import { IMSI_FILE_SIZE, imsiFromFile } from '../imsi.js';
import {
  algorithmID,
  elementTag,
  PEAkaParameter,
  PEMf,
  PEUsim,
  ProfileHeader,
  startOfFile,
} from '../saip/index.js';
import { inElement, readElements, type ProfileElement } from './elements.js';

/** The position in a package of a field with personal data. */
export interface Field {
  readonly offset: number;
  readonly length: number;
}

/** The fields that personalisation writes. Absent if the package lacks them. */
export interface PersonalFields {
  readonly headerIccid: Field;
  readonly fileIccid?: Field | undefined;
  readonly imsi?: Field | undefined;
  readonly accessClass?: Field | undefined;
  /** K in every PE-AKAParameter. A USIM and an ISIM usually have the same K. */
  readonly k: readonly Field[];
  readonly opc: readonly Field[];
}

/** The data read from an unprotected profile package. */
export interface Upp {
  readonly elements: readonly ProfileElement[];
  readonly version: { readonly major: number; readonly minor: number };
  /** The name in the header (profileType). */
  readonly profileName?: string | undefined;
  /** Names of the eUICC-Mandatory-services in the header. */
  readonly mandatoryServices: readonly string[];
  /** ICCID in the header. */
  readonly headerIccid: string;
  /** ICCID in EF.ICCID, which the eUICC compares with the metadata. */
  readonly fileIccid?: string | undefined;
  readonly imsi?: string | undefined;
  /** Number of digits of the mobile network code, from EF.AD. */
  readonly mncLength?: number | undefined;
  /** Whether an NAA uses the USIM test algorithm. Only test profiles do. */
  readonly usesTestAlgorithm: boolean;
  readonly fields: PersonalFields;
}

const ICCID_SIZE = 10;

/**
 * Reads an unprotected profile package (SAIP, concatenated DER).
 *
 * Checks the sequence of elements and the structure of every TLV. Decodes only the elements with personal data: header, mf, usim and
 * akaParameter.
 *
 * @throws UppError with the element and its offset
 */
export function readUpp(package_: Buffer): Upp {
  const elements = readElements(package_);
  const decoded = <T>(type: Type<T>, element: ProfileElement | undefined): T | undefined =>
    element && inElement(element, () => decode(type, element.octets));
  const field = (view: Buffer): Field => ({
    offset: view.byteOffset - package_.byteOffset,
    length: view.length,
  });

  const header = decoded(ProfileHeader, elements[0])!;
  const mf = decoded(PEMf, theOnly(elements, elementTag.mf));
  const usim = decoded(PEUsim, theOnly(elements, elementTag.usim));
  const algorithms = elements
    .filter(({ tag }) => tag === elementTag.akaParameter)
    .map((element) => algorithmOf(decoded(PEAkaParameter, element)!))
    .filter((algorithm) => algorithm !== undefined);

  const fileIccid = startOfFile(mf?.['ef-iccid'], ICCID_SIZE);
  const imsi = startOfFile(usim?.['ef-imsi'], IMSI_FILE_SIZE);
  const accessClass = startOfFile(usim?.['ef-acc'], 2);
  return {
    elements,
    version: { major: header['major-version'], minor: header['minor-version'] },
    profileName: header.profileType,
    mandatoryServices: Object.keys(header['eUICC-Mandatory-services']),
    headerIccid: iccidFromOctets(swapNibbles(header.iccid)),
    fileIccid: fileIccid && iccidFromOctets(fileIccid),
    imsi: imsi && imsiFromFile(imsi),
    mncLength: startOfFile(usim?.['ef-ad'], 4)?.at(3),
    usesTestAlgorithm: algorithms.some((algorithm) => algorithm.algorithmID === algorithmID.test),
    fields: {
      headerIccid: field(header.iccid),
      fileIccid: fileIccid && field(fileIccid),
      imsi: imsi && field(imsi),
      accessClass: accessClass && field(accessClass),
      k: algorithms.map(({ key }) => field(key)),
      opc: algorithms.flatMap(({ opc }) => (opc ? [field(opc)] : [])),
    },
  };
}

const algorithmOf = ({ algoConfiguration }: Infer<typeof PEAkaParameter>) =>
  'algoParameter' in algoConfiguration ? algoConfiguration.algoParameter : undefined;

/** The only element with `tag`. `undefined` if there is none. @throws UppError if there are two */
function theOnly(elements: readonly ProfileElement[], tag: number): ProfileElement | undefined {
  const [first, second] = elements.filter((element) => element.tag === tag);
  if (second) throw new UppError(`a second ${second.name}`, second.number, second.offset, second.name);
  return first;
}
