import { imsiFromFile } from '../../imsi.js';
import { membersOf } from '../../saip/members.js';
import { contentOf, isFilled, type InspectedPackage, type PackageFile } from '../../inspect/index.js';
import { about, named, type Remark, type Rule } from '../finding.js';
import { fileNamed } from './header.js';
import { writesByPath } from './paths.js';

/** Algorithms by their number in AlgoParameter. */
const keySizes: Readonly<
  Record<number, { readonly name: string; readonly key: readonly number[]; readonly opc?: number }>
> = {
  1: { name: 'Milenage', key: [16], opc: 16 },
  2: { name: 'TUAK', key: [16, 32], opc: 32 },
  3: { name: 'the USIM test algorithm', key: [16] },
};

/** The names or file identifiers of the files that the package creates for the USIM, with or without a template. */
function usimFiles({ elements }: InspectedPackage): Set<string> {
  const own = [
    'usim',
    'opt-usim',
    'gsm-access',
    'df-5gs',
    'df-saip',
    'iot',
    'opt-iot',
    'genericFileManagement',
    'phonebook',
  ];
  return new Set(
    elements
      .filter(({ name }) => own.includes(name))
      .flatMap(({ files }) =>
        files
          .filter(({ isCreated }) => isCreated)
          .map(({ name, fid }) => (name.includes('/') ? (fid ?? '') : name)),
      ),
  );
}

/** Whether EF.UST with this content has the service with this number. */
const hasService = (content: Buffer, number: number): boolean =>
  ((content[(number - 1) >> 3] ?? 0) & (1 << ((number - 1) & 7))) !== 0;

/** The services, and the files without which each service is useless. */
const filesOfService: readonly (readonly [
  service: number,
  what: string,
  files: readonly string[],
  fids: readonly string[],
])[] = [
  [10, 'short messages', ['ef-sms'], ['6F3C']],
  [12, 'short message parameters', ['ef-smsp'], ['6F42']],
  [17, 'group identifier level 1', ['ef-gid1'], ['6F3E']],
  [18, 'group identifier level 2', ['ef-gid2'], ['6F3F']],
  [20, 'user controlled PLMN selector', ['ef-plmnwact'], ['6F60']],
  [21, 'MSISDN', ['ef-msisdn'], ['6F40']],
  [42, 'operator controlled PLMN selector', ['ef-oplmnwact'], ['6F61']],
  [43, 'HPLMN selector', ['ef-hplmnwact'], ['6F62']],
  [45, 'PLMN network name', ['ef-pnn'], ['6FC5']],
  [46, 'operator PLMN list', ['ef-opl'], ['6FC6']],
  [51, 'service provider display information', ['ef-spdi'], ['6FCD']],
  [71, 'equivalent HPLMN', ['ef-ehplmn'], ['6FD9']],
  [85, 'EPS mobility management', ['ef-epsloci', 'ef-epsnsc'], ['6FE3', '6FE4']],
  [122, '5GS mobility management', ['ef-5gs3gpploci'], ['4F01']],
];

/** IMSI, keys and the files that identify the subscriber. */
export const subscriberRules: readonly Rule[] = [
  {
    name: 'aka-keys',
    severity: 'error',
    clause: 'SAIP, AlgoParameter',
    holds: 'the algorithm is known, and its keys have the right lengths',
    *check(package_): Generator<Remark> {
      for (const element of named(package_, 'akaParameter')) {
        const { aka } = element;
        if (!aka || aka.mappedFrom !== undefined) continue;
        const sizes = keySizes[aka.algorithm];
        if (!sizes) yield about(element, `names algorithm ${aka.algorithm}, which does not exist`);
        else if (!sizes.key.includes(aka.key.length))
          yield about(
            element,
            `has a key of ${aka.key.length} octets; ${sizes.name} needs ${sizes.key.join(' or ')}`,
          );
        else if (sizes.opc !== undefined && aka.opc?.length !== sizes.opc)
          yield about(
            element,
            `has an OPc of ${aka.opc?.length ?? 0} octets; ${sizes.name} needs ${sizes.opc}`,
          );
      }
    },
  },
  {
    name: 'naa-has-keys',
    severity: 'warning',
    clause: 'SAIP, PE-AKAParameter',
    holds: 'each USIM and ISIM is followed by its authentication parameters',
    *check({ elements }): Generator<Remark> {
      const applications = elements.filter(({ name }) => ['usim', 'isim', 'csim'].includes(name));
      for (const [index, element] of applications.entries()) {
        if (element.name === 'csim') continue;
        const until = applications[index + 1]?.number ?? Infinity;
        const hasKeys = elements.some(
          ({ name, number }) => name === 'akaParameter' && number > element.number && number < until,
        );
        if (!hasKeys) yield about(element, 'has no akaParameter: it cannot authenticate');
      }
    },
  },
  {
    name: 'imsi-form',
    severity: 'error',
    clause: '3GPP TS 31.102, 4.2.2',
    holds:
      'EF.IMSI has an IMSI of up to 15 digits, with the right length and parity; a missing IMSI is only a warning',
    *check(package_): Generator<Remark> {
      for (const element of named(package_, 'usim')) {
        const file = element.files.find(({ name }) => name === 'ef-imsi');
        if (!file) continue;
        const content = contentOf(file, 9);
        if (!isFilled(file) || content.subarray(1).every((octet) => octet === 0xff)) {
          if (!writesByPath(package_.elements, '6F07'))
            yield {
              ...about(element, 'has no IMSI: a device cannot register with it', file),
              severity: 'warning',
            };
          continue;
        }
        const imsi = imsiFromFile(content);
        if (imsi === undefined)
          yield about(
            element,
            `has the content ${content.toString('hex').toUpperCase()}, which is not an IMSI`,
            file,
          );
        else if (content[0] !== Math.ceil((imsi.length + 1) / 2))
          yield about(
            element,
            `says that the IMSI takes ${content[0]} octets; ${imsi} takes ${Math.ceil((imsi.length + 1) / 2)}`,
            file,
          );
        else if (((content[1]! & 8) !== 0) !== (imsi.length % 2 === 1))
          yield about(
            element,
            `has the parity of an ${imsi.length % 2 === 1 ? 'even' : 'odd'} number of digits; the IMSI has ${imsi.length}`,
            file,
          );
      }
    },
  },
  {
    name: 'access-class-set',
    severity: 'warning',
    clause: '3GPP TS 31.102, 4.2.15; TS 22.011, 4.2',
    holds: 'EF.ACC has at least one of the access classes 0 to 9',
    *check(package_): Generator<Remark> {
      const file = fileNamed(package_, 'usim', 'ef-acc');
      const content = file && isFilled(file) ? contentOf(file, 2) : undefined;
      if (content?.length === 2 && (content.readUInt16BE() & 0x3ff) === 0)
        yield {
          message: `EF.ACC is ${content.toString('hex').toUpperCase()}: the profile is in none of the access classes 0 to 9`,
          file: 'ef-acc',
        };
    },
  },
  {
    name: 'mnc-length',
    severity: 'warning',
    clause: '3GPP TS 31.102, 4.2.18',
    holds: 'EF.AD says that the mobile network code has 2 or 3 digits',
    *check(package_): Generator<Remark> {
      const file = fileNamed(package_, 'usim', 'ef-ad');
      const octet = file && isFilled(file) ? contentOf(file).at(3) : undefined;
      if (octet !== undefined && ![2, 3].includes(octet & 0x0f))
        yield { message: `EF.AD says that the MNC has ${octet & 0x0f} digits`, file: 'ef-ad' };
    },
  },
  {
    name: 'service-has-file',
    severity: 'warning',
    clause: '3GPP TS 31.102, 4.2.8',
    holds: 'EF.UST has only services whose files are in the profile',
    *check(package_): Generator<Remark> {
      const [element] = named(package_, 'usim');
      const table = fileNamed(package_, 'usim', 'ef-ust');
      if (!element || !table) return;
      const content = contentOf(table);
      const present = usimFiles(package_);
      for (const [number, what, files, fids] of filesOfService) {
        if (!hasService(content, number) || [...files, ...fids].some((name) => present.has(name))) continue;
        yield about(
          element,
          `has service ${number} (${what}), but ${files.join(' and ')} is not in the profile`,
          table,
        );
      }
    },
  },
  {
    name: 'file-has-service',
    severity: 'note',
    clause: '3GPP TS 31.102, 4.2.8',
    holds: 'EF.UST has the service of each file that the profile fills',
    *check(package_): Generator<Remark> {
      const table = fileNamed(package_, 'usim', 'ef-ust');
      if (!table) return;
      const content = contentOf(table);
      for (const element of named(package_, 'opt-usim', 'df-5gs')) {
        for (const file of element.files) {
          const number = membersOf(element.name)?.find(({ name }) => name === file.name)?.service;
          if (number === undefined || !file.isCreated || hasService(content, number) || !hasContent(file))
            continue;
          yield about(
            element,
            `has content, but EF.UST does not have service ${number}: devices ignore the file`,
            file,
          );
        }
      }
    },
  },
  {
    name: 'application-in-dir',
    severity: 'warning',
    clause: 'ETSI TS 102 221, 13.1',
    holds: 'EF.DIR has the AID of each ADF',
    *check(package_): Generator<Remark> {
      const dir = fileNamed(package_, 'mf', 'ef-dir');
      if (!dir || !isFilled(dir)) return;
      const listed = contentOf(dir).toString('hex').toUpperCase();
      for (const element of named(package_, 'usim', 'isim', 'csim')) {
        for (const file of element.files)
          if (file.aid !== undefined && !listed.includes(file.aid))
            yield about(
              element,
              `has the AID ${file.aid}, which EF.DIR does not list: devices do not find it`,
              file,
            );
      }
    },
  },
];

/** Whether the package writes octets other than 00 and FF into a file. */
const hasContent = (file: PackageFile): boolean =>
  file.writes.some(({ octets }) => octets.some((octet) => octet !== 0 && octet !== 0xff));
