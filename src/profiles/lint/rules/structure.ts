import { membersOf, templateNumber, templatesOf } from '../../saip/members.js';
import { tagName } from '../../../wire/asn1/index.js';
import { about, named, type Rule } from '../finding.js';

/** The elements that a package contains at most once. */
const single = [
  'mf',
  'cd',
  'telecom',
  'opt-usim',
  'opt-isim',
  'opt-csim',
  'gsm-access',
  'df-5gs',
  'df-saip',
  'df-snpn',
  'df-5gprose',
];

/** The elements that refer to an earlier element, and the elements to which they can refer. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['cd', 'telecom', 'usim', 'isim', 'csim', 'eap', 'genericFileManagement'].map((name) => [
      name,
      ['mf', 'iot'],
    ]),
  ),
  'opt-usim': ['usim'],
  phonebook: ['usim'],
  'gsm-access': ['usim'],
  'df-5gs': ['usim'],
  'df-saip': ['usim'],
  'df-snpn': ['usim'],
  'df-5gprose': ['usim'],
  'opt-isim': ['isim'],
  'opt-csim': ['csim'],
  cdmaParameter: ['csim'],
  akaParameter: ['usim', 'isim', 'iot'],
  'opt-iot': ['iot'],
  pinCodes: ['mf', 'iot'],
  rfm: ['securityDomain'],
};

/** The rules about the sequence of elements in a package. */
export const structureRules: readonly Rule[] = [
  {
    name: 'structure',
    severity: 'error',
    clause: 'SAIP 8.1',
    holds: 'the package is a sequence of profile elements in DER, from the header to the end',
    *check({ problem }) {
      if (problem) {
        yield {
          message: problem.problem,
          ...(problem.element > 0 && {
            element: problem.element,
            elementName: problem.elementName,
            offset: problem.offset,
          }),
        };
      }
    },
  },
  {
    name: 'element-decodes',
    severity: 'error',
    clause: 'SAIP, PE_Definitions',
    holds: 'each element has the members of the ASN.1 module',
    *check({ elements }) {
      for (const element of elements) {
        if (element.problem !== undefined)
          yield { ...about(element, element.problem), offset: element.problemOffset };
        for (const tag of element.unknownTags)
          yield {
            ...about(element, `has a member ${tagName(tag)} that version 3.3.1 does not define`),
            severity: 'note',
          };
      }
    },
  },
  {
    name: 'element-known',
    severity: 'note',
    clause: 'SAIP, ProfileElement',
    holds: 'each element is defined in version 3.3.1 of the specification',
    *check({ elements }) {
      for (const element of elements)
        if (/^[0-9A-F]+$/.test(element.name))
          yield about(element, `no known element has the tag ${element.name}`);
    },
  },
  {
    name: 'identification-unique',
    severity: 'error',
    clause: 'SAIP, PEHeader',
    holds: 'each element has its own identification',
    *check({ elements }) {
      const seen = new Map<number, number>();
      for (const element of elements) {
        const { identification, number } = element;
        if (identification === undefined) continue;
        const earlier = seen.get(identification);
        if (earlier !== undefined)
          yield about(element, `has identification ${identification}, which element ${earlier} already has`);
        seen.set(identification, number);
      }
    },
  },
  {
    name: 'element-once',
    severity: 'error',
    clause: 'SAIP 8.1',
    holds: 'elements that a profile may contain only once occur only once',
    *check(package_) {
      for (const name of single) {
        for (const element of named(package_, name).slice(1)) {
          const severity =
            name.startsWith('opt-') || name.startsWith('df-') || name === 'gsm-access' ? 'warning' : 'error';
          yield { ...about(element, `is a second ${name}`), severity };
        }
      }
      if (package_.elements.length > 0 && named(package_, 'mf', 'iot').length === 0)
        yield { message: 'the package has no mf: nothing can be created in it' };
    },
  },
  {
    name: 'element-order',
    severity: 'error',
    clause: 'SAIP 8.1',
    holds: 'an element comes after the elements to which it refers',
    *check({ elements }) {
      const before = new Set<string>();
      for (const element of elements) {
        const wanted = extensions[element.name];
        if (wanted && !wanted.some((name) => before.has(name)))
          yield about(element, `comes before the ${wanted.join(' or ')} to which it belongs`);
        before.add(element.name);
      }
    },
  },
  {
    name: 'template-fits',
    severity: 'error',
    clause: 'SAIP, annex A',
    holds: 'each element uses a template for elements of its kind',
    *check({ elements }) {
      for (const element of elements) {
        if (!membersOf(element.name) || element.templateID === undefined) continue;
        const number = templateNumber(element.templateID);
        const wanted = templatesOf[element.name as keyof typeof templatesOf];
        if (number === undefined || !wanted.includes(Number(number.split('.')[0])))
          yield about(
            element,
            `uses template ${element.templateID}; this element needs 2.23.143.1.2.${wanted.join(' or ')}`,
          );
      }
    },
  },
  {
    name: 'templates-listed',
    severity: 'error',
    clause: 'SAIP, ProfileHeader eUICC-Mandatory-GFSTEList',
    holds: 'the header lists the templates that the elements use',
    *check({ elements }) {
      const header = elements[0]?.header;
      if (!header) return;
      const listed = header['eUICC-Mandatory-GFSTEList'];
      for (const element of elements) {
        const { templateID, isMandated } = element;
        if (templateID === undefined || listed.includes(templateID)) continue;
        yield {
          ...about(element, `uses template ${templateID}, which the header does not list`),
          severity: isMandated ? 'error' : 'note',
        };
      }
      for (const template of listed) {
        if (!elements.some(({ templateID }) => templateID === template))
          yield {
            ...about(
              elements[0]!,
              `lists template ${template}, which no element uses: an eUICC without it refuses the profile`,
            ),
            severity: 'warning',
          };
      }
    },
  },
];
