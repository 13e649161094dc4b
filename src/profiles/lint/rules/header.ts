import { withoutTrailing } from '../../../base/without-trailing.js';
import { iccidFromOctets, swapNibbles } from '../../../wire/rsp/index.js';
import { contentOf, headerIccid, type InspectedPackage, type PackageFile } from '../../inspect/index.js';
import { about, named, type Rule } from '../finding.js';

const algorithmNames: Readonly<Record<number, string>> = {
  1: 'milenage',
  2: 'tuak',
  3: 'usim-test-algorithm',
};

/** The first file named `file` that an element named `element` creates. */
export function fileNamed(
  package_: InspectedPackage,
  element: string,
  file: string,
): PackageFile | undefined {
  return named(package_, element)
    .flatMap(({ files }) => files)
    .find(({ name, isCreated }) => name === file && isCreated);
}

const algorithms = (package_: InspectedPackage) =>
  named(package_, 'akaParameter').flatMap(({ aka }) => (aka && aka.mappedFrom === undefined ? [aka] : []));

/** For each service, whether something in the profile needs it. The linter does not check services that are not listed here. */
const needs: Readonly<Record<string, (package_: InspectedPackage) => boolean>> = {
  usim: (package_) => named(package_, 'usim', 'iot').length > 0,
  isim: (package_) => named(package_, 'isim').length > 0,
  csim: (package_) => named(package_, 'csim').length > 0,
  milenage: (package_) => algorithms(package_).some(({ algorithm }) => algorithm === 1),
  tuak128: (package_) =>
    algorithms(package_).some(({ algorithm, key }) => algorithm === 2 && key.length === 16),
  tuak256: (package_) =>
    algorithms(package_).some(({ algorithm, key }) => algorithm === 2 && key.length === 32),
  'usim-test-algorithm': (package_) => algorithms(package_).some(({ algorithm }) => algorithm === 3),
  'multiple-usim': (package_) => named(package_, 'usim').length > 1,
  'multiple-isim': (package_) => named(package_, 'isim').length > 1,
  'multiple-csim': (package_) => named(package_, 'csim').length > 1,
  eap: (package_) => named(package_, 'eap').length > 0,
  'ber-tlv': ({ elements }) =>
    elements.some(({ files }) => files.some(({ kind, isCreated }) => kind === 'BER-TLV' && isCreated)),
};

/** The rules about the profile header. */
export const headerRules: readonly Rule[] = [
  {
    name: 'version-known',
    severity: 'warning',
    clause: 'SAIP, ProfileHeader major-version',
    holds: 'the header names a published version of the format: 1.0, 2.0 to 2.3, 3.1 to 3.4',
    *check({ elements }) {
      const header = elements[0]?.header;
      if (!header) return;
      const version = `${header['major-version']}.${header['minor-version']}`;
      if (!/^(1\.0|2\.[0-3]|3\.[0-4])$/.test(version))
        yield about(elements[0]!, `names version ${version}, which was not published`);
    },
  },
  {
    name: 'iccid-agrees',
    severity: 'error',
    clause: 'SAIP, ProfileHeader iccid; SGP.22 5.5.3',
    holds: 'the header and EF.ICCID have the same ICCID',
    *check(package_) {
      const [first] = package_.elements;
      const file = fileNamed(package_, 'mf', 'ef-iccid');
      if (!first?.header || !file) return;
      const inHeader = headerIccid(first.header);
      const content = contentOf(file);
      if (content.length !== 10) return;
      const inFile = iccidFromOctets(content);
      if (inHeader === inFile) return;
      const isSwapped = inHeader === iccidFromOctets(swapNibbles(content));
      yield about(
        first,
        isSwapped
          ? `has the ICCID in the digit order of EF.ICCID (${inFile}); the header has digits in reading order`
          : `has the ICCID ${inHeader}, but EF.ICCID has ${inFile}`,
      );
    },
  },
  {
    name: 'iccid-form',
    severity: 'error',
    clause: 'ETSI TS 102 221, 13.2',
    holds: 'the ICCID has 18 to 20 digits, padded with F',
    *check({ elements }) {
      const [first] = elements;
      if (!first?.header) return;
      const digits = first.header.iccid.toString('hex').toUpperCase();
      if (
        !/^[0-9A-F]{18}/.test(digits) ||
        /F[0-9A-E]/.test(digits) ||
        withoutTrailing(digits, 'F').length < 18
      )
        yield about(first, `has the ICCID ${digits}, which is not 18 to 20 digits padded with F`);
    },
  },
  {
    name: 'services-needed',
    severity: 'error',
    clause: 'SAIP, ProfileHeader eUICC-Mandatory-services',
    holds: 'the header demands only services that the profile uses',
    *check(package_) {
      const [first] = package_.elements;
      if (!first?.header) return;
      for (const [service, isNeeded] of Object.entries(needs)) {
        if (!(service in first.header['eUICC-Mandatory-services']) || isNeeded(package_)) continue;
        yield about(
          first,
          `demands ${service}, which nothing in the profile uses: eUICCs without it refuse the profile`,
        );
      }
    },
  },
  {
    name: 'services-demanded',
    severity: 'warning',
    clause: 'SAIP, ProfileHeader eUICC-Mandatory-services',
    holds: 'the header demands the applications and algorithms without which the profile cannot work',
    *check(package_) {
      const [first] = package_.elements;
      if (!first?.header) return;
      const demanded = first.header['eUICC-Mandatory-services'];
      for (const name of ['usim', 'isim', 'csim'] as const) {
        const [element] = named(package_, name).filter(({ isMandated }) => isMandated);
        if (element && !(name in demanded))
          yield about(element, `is mandated, but the header does not demand ${name}`);
      }
      for (const element of named(package_, 'akaParameter')) {
        const { aka, isMandated } = element;
        if (!aka || aka.mappedFrom !== undefined || !isMandated) continue;
        const name = algorithmNames[aka.algorithm];
        if (name === undefined) continue;
        const isDemanded = Object.keys(demanded).some((service) => service.startsWith(name));
        if (!isDemanded) yield about(element, `uses ${name}, which the header does not demand`);
      }
    },
  },
];
