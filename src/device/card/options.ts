import { RspCapability, UiccCapability } from '../../wire/rsp/index.js';
import type { CardBehaviour, EuiccMaterial, EuiccTraits } from '../euicc/index.js';
import { arranged, listedCis } from './material.js';
import type { CardProperties } from './properties.js';

/** Those options of `VirtualEuicc` that card properties set. */
export interface EuiccOptions {
  readonly material: EuiccMaterial;
  readonly traits: Partial<EuiccTraits>;
  readonly behaviour: Partial<CardBehaviour>;
}

/**
 * Translates card properties to options of `VirtualEuicc`.
 *
 * @param material the eUICC from `cardMaterial`, with all its certificates and CIs
 * @throws MaterialError if the eUICC has no certificate or no CI on the requested curve
 * @example
 *     const card = checkCardProperties({ svn: '2.2.0', curve: 'brainpoolP256r1' }, 'my test');
 *     const euicc = new VirtualEuicc(euiccOptions(cardMaterial('certs', card), card));
 */
export const euiccOptions = (material: EuiccMaterial, properties: CardProperties): EuiccOptions => ({
  material: arranged(material, properties),
  traits: traitsOf(material, properties),
  behaviour: behaviourOf(properties),
});

function traitsOf(material: EuiccMaterial, properties: CardProperties): Partial<EuiccTraits> {
  const { uiccCapability, rspCapability, forbiddenPolicyRules, euiccInfo1, euiccInfo2 } = properties;
  const { svn, profileVersion, firmwareVersion, ppVersion, sasAccreditationNumber } = properties;
  const { nonVolatileMemory, volatileMemory } = properties;
  return withoutUndefined({
    ...{ svn, profileVersion, firmwareVersion, ppVersion, sasAccreditationNumber },
    ...{ nonVolatileMemory, volatileMemory },
    uiccCapability: uiccCapability && numbers(uiccCapability, UiccCapability),
    rspCapability: rspCapability && numbers(rspCapability, RspCapability),
    forbiddenPolicyRules: forbiddenPolicyRules as EuiccTraits['forbiddenPolicyRules'] | undefined,
    euiccInfo1: euiccInfo1 === undefined ? undefined : Buffer.from(euiccInfo1, 'hex'),
    euiccInfo2: euiccInfo2 === undefined ? undefined : Buffer.from(euiccInfo2, 'hex'),
    ...listedCis(material, properties),
  });
}

/** The default PEStatus of a failure. */
const badValues = 3;

function behaviourOf(properties: CardProperties): Partial<CardBehaviour> {
  const { segmentOctets, ignoreCertificateDates, memoryFull, powerLossAtUnit, failTimes } = properties;
  const {
    failAtElement,
    failReason = 'installFailedDueToPEProcessingError',
    failStatus = badValues,
  } = properties;
  return withoutUndefined({
    ...{ maxSegmentOctets: segmentOctets, ignoresCertificateDates: ignoreCertificateDates },
    ...{ memoryFull, powerLossAtUnit, failTimes },
    failure:
      failAtElement === undefined
        ? undefined
        : { element: failAtElement, reason: failReason, status: failStatus },
  });
}

const numbers = (bits: readonly (string | number)[], names: Readonly<Record<string, number>>): number[] =>
  bits.map((bit) => (typeof bit === 'number' ? bit : names[bit]!));

const withoutUndefined = <T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never;
