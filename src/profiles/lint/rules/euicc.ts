import { hasBit } from '../../../wire/asn1/index.js';
import { freeMemory, UiccCapability, type EuiccInfo2 } from '../../../wire/rsp/index.js';
import { about, type Remark, type Rule } from '../finding.js';

/** The capability that an eUICC needs for each service in the header. */
const capabilityOf: Readonly<Record<string, keyof typeof UiccCapability>> = {
  contactless: 'contactlessSupport',
  usim: 'usimSupport',
  isim: 'isimSupport',
  csim: 'csimSupport',
  milenage: 'akaMilenage',
  tuak128: 'akaTuak128',
  tuak256: 'akaTuak256',
  cave: 'akaCave',
  'usim-test-algorithm': 'usimTestAlgorithm',
  'gba-usim': 'gbaAuthenUsim',
  'gba-isim': 'gbaAuthenISim',
  mbms: 'mbmsAuthenUsim',
  eap: 'eapClient',
  javacard: 'javacard',
  multos: 'multos',
  'multiple-usim': 'multipleUsimSupport',
  'multiple-isim': 'multipleIsimSupport',
  'multiple-csim': 'multipleCsimSupport',
  'ber-tlv': 'berTlvFileSupport',
  dfLink: 'dfLinkSupport',
  'cat-tp': 'catTp',
  'get-identity': 'getIdentity',
  'profile-a-x25519': 'profile-a-x25519',
  'profile-b-p256': 'profile-b-p256',
  suciCalculatorApi: 'suciCalculatorApi',
};

/** The rules that say whether one eUICC can install the package. */
export const euiccRules = (info: EuiccInfo2): readonly Rule[] => [
  {
    name: 'euicc-services',
    severity: 'error',
    clause: 'SAIP, eUICC-Mandatory-services; SGP.22 5.7.8 uiccCapability',
    holds: 'the eUICC has the services that the header demands',
    *check({ elements }): Generator<Remark> {
      const [first] = elements;
      for (const service of Object.keys(first?.header?.['eUICC-Mandatory-services'] ?? {})) {
        const capability = capabilityOf[service];
        if (capability !== undefined && !hasBit(info.uiccCapability, UiccCapability[capability]))
          yield about(first!, `demands ${service}, which the eUICC does not have (${capability})`);
      }
    },
  },
  {
    name: 'euicc-version',
    severity: 'error',
    clause: 'SGP.22 5.7.8 profileVersion',
    holds: 'the eUICC supports the version of the package',
    *check({ elements }): Generator<Remark> {
      const header = elements[0]?.header;
      if (!header) return;
      const [major, minor] = [header['major-version'], header['minor-version']];
      const [most = 0, mostMinor = 0] = info.profileVersion;
      if (major > most || (major === most && minor > mostMinor))
        yield about(
          elements[0]!,
          `is of version ${major}.${minor}; the eUICC supports up to ${[...info.profileVersion].join('.')}`,
        );
    },
  },
  {
    name: 'euicc-memory',
    severity: 'error',
    clause: 'SGP.22 5.7.8 extCardResource',
    holds: 'the free memory of the eUICC is at least the size of the package',
    *check({ size }): Generator<Remark> {
      const free = freeMemory(info.extCardResource);
      if (free !== undefined && size > free)
        yield { message: `the package has ${size} octets; the eUICC has ${free} octets of free memory` };
    },
  },
];
