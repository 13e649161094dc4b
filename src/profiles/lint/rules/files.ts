import { membersOf } from '../../saip/members.js';
import type { InspectedElement, PackageFile } from '../../inspect/index.js';
import { about, type Remark, type Rule } from '../finding.js';

const directories = ['MF', 'DF', 'ADF'];
/** The elements for which each file has a known size, from the package or from the template. */
const sizesAreKnown = ['mf', 'usim', 'genericFileManagement'];
const isDirectory = ({ kind }: PackageFile): boolean => kind !== undefined && directories.includes(kind);

/** The created files of all elements. */
function* filesOf(elements: readonly InspectedElement[]): Generator<[InspectedElement, PackageFile]> {
  for (const element of elements) for (const file of element.files) if (file.isCreated) yield [element, file];
}

/** A rule about single files. */
const fileRule = (
  name: string,
  clause: string,
  holds: string,
  problemOf: (file: PackageFile, element: InspectedElement) => string | undefined,
): Rule => ({
  name,
  severity: 'error',
  clause,
  holds,
  *check({ elements }) {
    for (const [element, file] of filesOf(elements)) {
      const problem = problemOf(file, element);
      if (problem !== undefined) yield about(element, problem, file);
    }
  },
});

const end = ({ writes }: PackageFile): number =>
  Math.max(0, ...writes.map(({ at, octets }) => at + octets.length));

/** Files that the elements create, and their file control parameters. */
export const fileRules: readonly Rule[] = [
  {
    name: 'file-missing',
    severity: 'error',
    clause: 'SAIP, PE_Definitions',
    holds: 'each element has the files that its ASN.1 type demands',
    *check({ elements }) {
      for (const element of elements) {
        if (element.problem !== undefined) continue;
        for (const { name, isMandatory } of membersOf(element.name) ?? [])
          if (isMandatory && !element.files.some((file) => file.name === name))
            yield about(element, `${name} is missing`);
      }
    },
  },
  fileRule('descriptor-first', 'SAIP, File', 'a file has one file descriptor, before its content', (file) =>
    file.hasMisplacedDescriptor
      ? 'has a file descriptor after its content, or several file descriptors'
      : undefined,
  ),
  fileRule('content-fits', 'SAIP, File', 'the content is not longer than the file', (file) =>
    file.size !== undefined && end(file) > file.size
      ? `is ${file.size} octets long, but ${end(file)} are written into it`
      : undefined,
  ),
  fileRule(
    'size-known',
    'SAIP, Fcp efFileSize',
    'the package or its template gives the size of each elementary file',
    (file, element) =>
      sizesAreKnown.includes(element.name) &&
      !isDirectory(file) &&
      file.kind !== 'BER-TLV' &&
      file.kind !== undefined &&
      file.size === undefined &&
      !file.fcp?.linkPath
        ? 'has no size: neither the package nor the template gives one'
        : undefined,
  ),
  fileRule('size-minimal', 'SAIP, Fcp efFileSize', 'a size has no leading zero octets', (file) => {
    const size = file.fcp?.efFileSize;
    return size && size.length > 1 && size[0] === 0
      ? `has the size ${size.toString('hex')} with a leading 00`
      : undefined;
  }),
  fileRule(
    'records-fill-file',
    'ETSI TS 102 222, 6.3.2.2.2',
    'the size of a file with records is a multiple of the record length',
    ({ kind, recordLength, size }) =>
      (kind === 'linear' || kind === 'cyclic') &&
      recordLength &&
      size !== undefined &&
      size % recordLength !== 0
        ? `is ${size} octets long, which is not a multiple of the record length ${recordLength}`
        : undefined,
  ),
  fileRule(
    'directory-has-pin-status',
    'SAIP, Fcp pinStatusTemplateDO',
    'the MF, DFs and ADFs have a PIN status template, but elementary files do not',
    (file) => {
      if (isDirectory(file))
        return file.fcp?.pinStatusTemplateDO || file.fcp?.linkPath ? undefined : 'has no pinStatusTemplateDO';
      return file.fcp?.pinStatusTemplateDO
        ? 'has a pinStatusTemplateDO, which only directories have'
        : undefined;
    },
  ),
  fileRule(
    'only-files-have-size',
    'SAIP, Fcp',
    'directories have no size, short identifier or content',
    (file) => {
      if (!isDirectory(file)) return undefined;
      if (file.fcp?.efFileSize) return 'is a directory, but has a size';
      if (file.fcp?.shortEFID) return 'is a directory, but has a short file identifier';
      return file.writes.length > 0 ? 'is a directory, but has content' : undefined;
    },
  ),
  fileRule(
    'adf-has-name',
    'SAIP, Fcp dfName',
    'an ADF has an AID and a temporary file identifier',
    ({ kind, aid, fcp }) => {
      if (kind !== 'ADF') return aid !== undefined ? 'has an AID, which only ADFs have' : undefined;
      if (aid === undefined) return 'has no AID (dfName)';
      return fcp?.fileID ? undefined : 'has no temporary file identifier (fileID)';
    },
  ),
  fileRule(
    'short-identifier-coding',
    'SAIP, Fcp shortEFID',
    'the low three bits of a short file identifier are 0',
    ({ fcp }) =>
      fcp?.shortEFID?.length === 1 && (fcp.shortEFID[0]! & 7) !== 0
        ? `has the short file identifier ${fcp.shortEFID.toString('hex')}, whose low three bits are not 0`
        : undefined,
  ),
  {
    name: 'adf-identifier-unique',
    severity: 'error',
    clause: 'SAIP, Fcp fileID',
    holds: 'each ADF has its own temporary file identifier and AID',
    *check({ elements }): Generator<Remark> {
      const seen = new Map<string, string>();
      for (const [element, file] of filesOf(elements)) {
        if (file.kind !== 'ADF') continue;
        for (const [what, value] of [
          ['temporary file identifier', file.fid],
          ['AID', file.aid],
        ] as const) {
          const earlier = value === undefined ? undefined : seen.get(what + value);
          if (earlier !== undefined)
            yield about(element, `has the ${what} ${value}, which ${earlier} already has`, file);
          if (value !== undefined) seen.set(what + value, file.name);
        }
      }
    },
  },
];
