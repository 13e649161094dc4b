import { octetString, sequence, sequenceOf } from '../../wire/asn1/index.js';
import { elementTag, PEHeader } from './elements.js';

const ApplicationInstance = sequence(
  {
    applicationLoadPackageAID: octetString(0x4f, { min: 5, max: 16 }),
    classAID: octetString(0x4f, { min: 5, max: 16 }),
    instanceAID: octetString(0x4f, { min: 5, max: 16 }),
    applicationPrivileges: octetString(0x82),
    lifeCycleState: octetString(0x83, { length: 1 }),
    applicationSpecificParametersC9: octetString(0xc9),
    applicationParameters: sequence(
      { uiccToolkitApplicationSpecificParametersField: octetString(0x80) },
      { tag: 0xea },
    ),
  },
  { tag: 0xa1 },
);

const KeyObject = sequence({
  keyUsageQualifier: octetString(0x95),
  keyIdentifier: octetString(0x82, { length: 1 }),
  keyVersionNumber: octetString(0x83, { length: 1 }),
  keyComponents: sequenceOf(
    sequence({ keyType: octetString(0x80, { length: 1 }), keyData: octetString(0x86) }),
  ),
});

/** PE-SecurityDomain, limited to the members that the generator uses: an instance and its keys. */
export const PESecurityDomain = sequence(
  {
    'sd-Header': PEHeader,
    instance: ApplicationInstance,
    keyList: sequenceOf(KeyObject, { tag: 0xa2 }),
  },
  { tag: elementTag.securityDomain },
);
