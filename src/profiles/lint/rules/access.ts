import {
  contentOf,
  type InspectedElement,
  type InspectedPackage,
  type PackageFile,
} from '../../inspect/index.js';
import { about, type Remark, type Rule } from '../finding.js';
import { createsFile, writesByPath } from './paths.js';

const MF_RULES = '2F06';
const DF_RULES = '6F06';

/** The elements that create a directory with its own EF.ARR. */
const withRules = ['telecom', 'usim', 'isim', 'csim'];
/** The elements that add files to the directory of another element. */
const directoryElement: Readonly<Record<string, string>> = {
  'opt-usim': 'usim',
  phonebook: 'usim',
  'gsm-access': 'usim',
  'df-5gs': 'usim',
  'df-saip': 'usim',
  'df-snpn': 'usim',
  'df-5gprose': 'usim',
  'opt-isim': 'isim',
  'opt-csim': 'csim',
};

const recordsOf = (file: PackageFile | undefined): number | undefined =>
  file?.recordLength && file.size !== undefined ? Math.floor(file.size / file.recordLength) : undefined;

/**
 * Whether a record of EF.ARR is empty. False if an element writes into EF.ARR by path, because this element may fill the
 * record.
 */
function isEmptyRecord({ elements }: InspectedPackage, file: PackageFile, record: number): boolean {
  if (!file.recordLength || writesByPath(elements, file.fid)) return false;
  const start = (record - 1) * file.recordLength;
  return contentOf(file)
    .subarray(start, start + file.recordLength)
    .every((octet) => octet === 0xff);
}

const rulesIn = (element: InspectedElement | undefined): PackageFile | undefined =>
  element?.files.find(({ name, isCreated }) => name === 'ef-arr' && isCreated);

/** EF.ARR of the MF, or of the directory that contains the element's files. */
function rulesFor(
  { elements }: InspectedPackage,
  element: InspectedElement,
  fid: string,
): PackageFile | undefined {
  if (fid === MF_RULES) return rulesIn(elements.find(({ name }) => name === 'mf'));
  const directory = directoryElement[element.name] ?? element.name;
  return rulesIn(elements.slice(0, element.number).findLast(({ name }) => name === directory));
}

/** The access rules of files. */
export const accessRules: readonly Rule[] = [
  {
    name: 'access-rule-exists',
    severity: 'error',
    clause: 'SAIP, Fcp securityAttributesReferenced; ETSI TS 102 221, 9.7',
    holds: 'the access rule of a file refers to a record of EF.ARR, and the record is not empty',
    *check(package_): Generator<Remark> {
      for (const element of package_.elements) {
        for (const file of element.files) {
          const reference = file.fcp?.securityAttributesReferenced;
          if (!reference || (reference.length !== 3 && reference.length !== 1)) continue;
          const isImplicit = reference.length === 1;
          const inMf = element.name === 'mf' || file.kind === 'ADF';
          const fid = isImplicit
            ? inMf
              ? MF_RULES
              : DF_RULES
            : reference.toString('hex', 0, 2).toUpperCase();
          if (fid !== MF_RULES && fid !== DF_RULES) {
            if (!createsFile(package_, fid))
              yield about(element, `refers to EF.ARR ${fid}, which the package does not create`, file);
            continue;
          }
          if (fid === DF_RULES && !withRules.includes(directoryElement[element.name] ?? element.name))
            continue;
          const rules = rulesFor(package_, element, fid);
          const records = recordsOf(rules);
          const record = reference.at(-1)!;
          if (!rules)
            yield about(element, `refers to EF.ARR ${fid}, which the package does not create`, file);
          else if (records !== undefined && (record === 0 || record > records))
            yield about(
              element,
              `refers to record ${record} of EF.ARR ${fid}, which has ${records} records`,
              file,
            );
          else if (isEmptyRecord(package_, rules, record))
            yield about(element, `refers to record ${record} of EF.ARR ${fid}, which is empty`, file);
        }
      }
    },
  },
  {
    name: 'access-rule-form',
    severity: 'error',
    clause: 'ETSI TS 102 221, 9.2.7 and 9.7',
    holds: 'each record of EF.ARR has access mode and security condition data objects',
    *check({ elements }): Generator<Remark> {
      for (const element of elements) {
        const file = rulesIn(element);
        if (!file?.recordLength) continue;
        const content = contentOf(file);
        for (let record = 1; record * file.recordLength <= content.length; record++) {
          const octets = content.subarray((record - 1) * file.recordLength, record * file.recordLength);
          const problem = problemOfRecord(octets);
          if (problem !== undefined) yield about(element, `record ${record} ${problem}`, file);
        }
      }
    },
  },
];

const isAccessMode = (tag: number): boolean => tag >= 0x80 && tag <= 0x8f;
const isCondition = (tag: number): boolean => [0x90, 0x97, 0x9e, 0xa0, 0xa4, 0xa7, 0xaf].includes(tag);

/**
 * What is wrong with a record. A correct record has pairs of an access mode and a condition, padded with FF, or is empty.
 */
function problemOfRecord(octets: Buffer): string | undefined {
  let awaitsCondition = false;
  let at = 0;
  while (at < octets.length && octets[at] !== 0xff) {
    const [tag = 0, length = 0] = octets.subarray(at, at + 2);
    if (at + 2 + length > octets.length) return 'ends in the middle of a data object';
    if (!isAccessMode(tag) && !isCondition(tag))
      return `has a data object with the unknown tag ${tag.toString(16).toUpperCase()}`;
    if (isCondition(tag) && !awaitsCondition && at === 0)
      return 'begins with a security condition instead of an access mode';
    awaitsCondition = isAccessMode(tag);
    at += 2 + length;
  }
  return awaitsCondition ? 'ends with an access mode without a security condition' : undefined;
}
