import {
  Asn1Error,
  decode,
  oidFromOctets,
  readAll,
  readTlv,
  tlvBytes,
  tlvValue,
  type Tlv,
} from '../../wire/asn1/index.js';
import { iccidFromOctets, swapNibbles } from '../../wire/rsp/index.js';
import {
  Fcp,
  PEAkaParameter,
  PEHeader,
  PEPinCodes,
  PEPukCodes,
  ProfileHeader,
  type Infer,
} from '../saip/index.js';
import { membersOf } from '../saip/members.js';
import type { ProfileElement } from '../upp/elements.js';
import { Commands, fileOf, readFile, type PackageFile } from './file.js';
import {
  readApplication,
  readRfm,
  readSecurityDomain,
  type Application,
  type KeySet,
} from './applications.js';

/** One profile element, decoded. */
export interface InspectedElement {
  readonly number: number;
  readonly name: string;
  readonly offset: number;
  /** In octets, with tag and length. */
  readonly length: number;
  /** PEHeader: the number of the element in the profile. */
  readonly identification?: number | undefined;
  /** PEHeader: whether the eUICC must process the element. */
  readonly isMandated: boolean;
  /** OID of the template for the element's files. */
  readonly templateID?: string | undefined;
  readonly files: readonly PackageFile[];
  /** Tags that the ASN.1 module does not define in this place. */
  readonly unknownTags: readonly number[];
  readonly header?: Infer<typeof ProfileHeader> | undefined;
  readonly pins?: readonly Pin[] | undefined;
  readonly puks?: readonly Puk[] | undefined;
  /** Path, in hex, of the directory whose PINs the element's directory shares. */
  readonly pinPath?: string | undefined;
  readonly aka?: Aka | undefined;
  readonly application?: Application | undefined;
  readonly keys?: readonly KeySet[] | undefined;
  /** Why the element could not be decoded. Its other members are then missing. */
  readonly problem?: string | undefined;
  /** Offset of the problem in the package. */
  readonly problemOffset?: number | undefined;
}

export interface Puk {
  readonly keyReference: number;
  readonly value: Buffer;
  /** High nibble: attempts in all. Low nibble: attempts left. */
  readonly attempts: number;
}

export interface Pin extends Puk {
  readonly pukReference?: number | undefined;
  readonly attributes: number;
}

export interface Aka {
  readonly algorithm: number;
  readonly options: number;
  readonly key: Buffer;
  readonly opc?: Buffer | undefined;
  /** Present if another application provides the algorithm and keys. */
  readonly mappedFrom?: string | undefined;
}

type Details = Partial<Omit<InspectedElement, 'number' | 'name' | 'offset' | 'length'>>;

/** Decodes an element. Never throws: a problem becomes a member of the result. */
export function inspectElement(element: ProfileElement): InspectedElement {
  const { number, name, offset, octets } = element;
  const bare = { number, name, offset, length: octets.length, isMandated: false, files: [], unknownTags: [] };
  try {
    const { files = [], ...details } = detailsOf(element);
    return { ...bare, ...details, files: files.map((file) => ({ ...file, offset: file.offset + offset })) };
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    const problem = error.path ? `${error.path} ${error.problem}` : error.problem;
    return { ...bare, ...headerOf(element), problem, problemOffset: offset + Math.max(0, error.offset) };
  }
}

function detailsOf(element: ProfileElement): Details {
  const { name, octets } = element;
  if (name === 'header') return { header: decode(ProfileHeader, octets) };
  const common = headerOf(element);
  if (membersOf(name)) return { ...common, ...templateFiles(element) };
  const inner = innerOf(octets);
  if (name === 'genericFileManagement') return { ...common, files: managedFiles(inner) };
  if (name === 'pukCodes') return { ...common, puks: decode(PEPukCodes, octets).pukCodes.map(pukOf) };
  if (name === 'pinCodes') return { ...common, ...pinsOf(decode(PEPinCodes, octets)) };
  if (name === 'akaParameter') return { ...common, aka: akaOf(decode(PEAkaParameter, octets)) };
  if (name === 'securityDomain') return { ...common, ...readSecurityDomain(inner) };
  if (name === 'rfm') return { ...common, application: readRfm(inner) };
  if (name === 'application') return { ...common, application: readApplication(inner) };
  return common;
}

/** The members of the PEHeader. Empty if the PEHeader cannot be decoded. */
function headerOf({ octets, name }: ProfileElement): Details {
  if (name === 'header') return {};
  try {
    const [first] = innerOf(octets);
    const header = first && decode(PEHeader, tlvBytes(first));
    return { identification: header?.identification, isMandated: header?.mandated === null };
  } catch (error) {
    if (error instanceof Asn1Error) return {};
    throw error;
  }
}

const innerOf = (octets: Buffer): Tlv[] => {
  const outer = readTlv(octets, 0, octets.length, 'minimal');
  return [...readAll(octets, outer.valueStart, outer.end, 'minimal')];
};

/** The position of a member, from its automatic tag: 2 for A2, 31 for BF1F. */
const positionOf = (tag: number): number => (tag > 0xff ? tag & 0x7f : tag & 0x1f);

/** The files of an element with a template. */
function templateFiles({ octets, name }: ProfileElement): Details {
  const members = membersOf(name)!;
  const [, template, ...files] = innerOf(octets);
  if (template?.tag !== 0x81)
    throw new Asn1Error('is missing', template?.start ?? octets.length).within('templateID');
  const memberOf = ({ tag }: Tlv) => members[positionOf(tag) - 2];
  const known = files.filter((tlv) => memberOf(tlv));
  return {
    templateID: oidFromOctets(tlvValue(template)),
    files: known.map((tlv) => readFile(tlv, memberOf(tlv), memberOf(tlv)!.name)),
    unknownTags: files.filter((tlv) => !known.includes(tlv)).map(({ tag }) => tag),
  };
}

const FILE_PATH = 0x80;
const CREATE_FCP = 0x62;
const FILL_OFFSET = 0x02;
const FILL_CONTENT = 0x81;

/** The files of a PE-GenericFileManagement, named by their paths. */
function managedFiles(inner: readonly Tlv[]): PackageFile[] {
  const files: PackageFile[] = [];
  const list = inner.find(({ tag }) => tag === 0xa1);
  if (!list) throw new Asn1Error('is missing', 0).within('fileManagementCMD');
  for (const management of readAll(list.bytes, list.valueStart, list.end, 'minimal')) {
    let path = '';
    let begun: { commands: Commands; offset: number } | undefined;
    const finish = (): void => {
      if (begun) {
        const fid = begun.commands.fcp?.fileID?.toString('hex').toUpperCase() ?? '';
        files.push(fileOf(begun.commands, [path, fid].filter(Boolean).join('/'), undefined, begun.offset));
      }
      begun = undefined;
    };
    for (const command of readAll(management.bytes, management.valueStart, management.end, 'minimal')) {
      if (command.tag === FILE_PATH) {
        finish();
        path = tlvValue(command)
          .toString('hex')
          .toUpperCase()
          .replace(/(....)(?=.)/g, '$1/');
        if (path === '') path = '3F00';
      } else if (command.tag === CREATE_FCP) {
        finish();
        begun = { commands: new Commands(), offset: command.start };
        begun.commands.describe(decode(FcpOfManagement, tlvBytes(command)));
      } else {
        begun ??= { commands: new Commands(), offset: command.start };
        if (command.tag === FILL_OFFSET) begun.commands.moveOn(tlvValue(command));
        else if (command.tag === FILL_CONTENT) begun.commands.write(tlvValue(command));
        else throw new Asn1Error('is not a command of a FileManagement', command.start);
      }
    }
    finish();
  }
  return files;
}

/** `createFCP` has the same members as the Fcp of a File, but another tag. */
const FcpOfManagement = { ...Fcp, tags: [CREATE_FCP] };

type PukCode = Infer<typeof PEPukCodes>['pukCodes'][number];

const pukOf = (code: PukCode): Puk => ({
  keyReference: code.keyReference,
  value: code.pukValue,
  attempts: code['maxNumOfAttemps-retryNumLeft'] ?? 0xaa,
});

function pinsOf({ pinCodes }: Infer<typeof PEPinCodes>): Details {
  if ('filePath' in pinCodes) return { pinPath: pinCodes.filePath.toString('hex').toUpperCase() };
  return {
    pins: pinCodes.pinconfig.map((code) => ({
      keyReference: code.keyReference,
      value: code.pinValue,
      attempts: code['maxNumOfAttemps-retryNumLeft'] ?? 0x33,
      pukReference: code.unblockingPINReference,
      attributes: code.pinAttributes ?? 7,
    })),
  };
}

function akaOf({ algoConfiguration }: Infer<typeof PEAkaParameter>): Aka {
  if (!('algoParameter' in algoConfiguration)) {
    return { algorithm: 0, options: 0, key: Buffer.alloc(0), mappedFrom: 'another application' };
  }
  const { algorithmID, algorithmOptions, key, opc } = algoConfiguration.algoParameter;
  return { algorithm: algorithmID, options: algorithmOptions[0]!, key, opc };
}

/** The ICCID of a ProfileHeader. */
export const headerIccid = ({ iccid }: Infer<typeof ProfileHeader>): string =>
  iccidFromOctets(swapNibbles(iccid));
