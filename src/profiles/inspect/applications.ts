import { Asn1Error, readAll, tlvValue, type Tlv } from '../../wire/asn1/index.js';

/** An application of a profile: a security domain, RFM or applet. AIDs and TARs are hex. */
export interface Application {
  readonly loadPackageAid?: string | undefined;
  readonly instanceAids: readonly string[];
  /** The security domain of the application, if the package names one. */
  readonly securityDomainAid?: string | undefined;
  readonly tars: readonly string[];
  /** Octets of code that the package loads. */
  readonly codeSize?: number | undefined;
}

/** One key of a security domain. Its value is left out. */
export interface KeySet {
  readonly version: number;
  readonly identifier: number;
  readonly usage: string;
  /** GlobalPlatform key types, hex: `88` is AES. */
  readonly types: readonly string[];
}

const hex = (tlv: Tlv): string => tlvValue(tlv).toString('hex').toUpperCase();
const inside = ({ bytes, valueStart, end }: Tlv): Tlv[] => [...readAll(bytes, valueStart, end, 'minimal')];
const AID = 0x4f;

/** An ApplicationInstance: load package, class, instance, and the domain to which the instance is extradited. */
function instanceOf(members: readonly Tlv[]): { loadPackage?: string; instance?: string; domain?: string } {
  const [loadPackage, , instance, domain] = members.filter(({ tag }) => tag === AID).map(hex);
  return { ...(loadPackage && { loadPackage }), ...(instance && { instance }), ...(domain && { domain }) };
}

/** PE-SecurityDomain. @throws Asn1Error */
export function readSecurityDomain(inner: readonly Tlv[]): { application: Application; keys: KeySet[] } {
  const instance = inner.find(({ tag }) => tag === 0xa1);
  if (!instance) throw new Asn1Error('is missing', 0).within('instance');
  const { loadPackage, instance: aid, domain } = instanceOf(inside(instance));
  if (aid === undefined) throw new Asn1Error('is missing', instance.start).within('instanceAID');
  const keyList = inner.find(({ tag }) => tag === 0xa2);
  return {
    application: { loadPackageAid: loadPackage, instanceAids: [aid], securityDomainAid: domain, tars: [] },
    keys: keyList ? inside(keyList).map(keyOf) : [],
  };
}

function keyOf(tlv: Tlv): KeySet {
  const members = inside(tlv);
  const octetOf = (tag: number): number => {
    const member = members.find((each) => each.tag === tag);
    const value = member && tlvValue(member);
    if (value?.length !== 1)
      throw new Asn1Error(`needs a member ${tag.toString(16)} of one octet`, tlv.start);
    return value[0]!;
  };
  const usage = members.find(({ tag }) => tag === 0x95);
  const components = members.find(({ tag }) => tag === 0x30);
  return {
    identifier: octetOf(0x82),
    version: octetOf(0x83),
    usage: usage ? hex(usage) : '',
    types: components
      ? inside(components).flatMap((each) =>
          inside(each)
            .filter(({ tag }) => tag === 0x80)
            .map(hex),
        )
      : [],
  };
}

/** PE-RFM. @throws Asn1Error */
export function readRfm(inner: readonly Tlv[]): Application {
  const [instance, domain] = inner.filter(({ tag }) => tag === AID).map(hex);
  if (instance === undefined) throw new Asn1Error('is missing', 0).within('instanceAID');
  // The PEHeader has the same tag as the list of TARs.
  const [, ...others] = inner;
  const tars = others.find(({ tag }) => tag === 0xa0);
  return {
    instanceAids: [instance],
    securityDomainAid: domain,
    tars: tars ? inside(tars).map(hex) : [],
  };
}

/** PE-Application. @throws Asn1Error */
export function readApplication(inner: readonly Tlv[]): Application {
  const load = inner.find(({ tag }) => tag === 0xa1);
  const instances = inner.find(({ tag }) => tag === 0xa2);
  const loaded = load ? inside(load) : [];
  const [loadPackageAid, securityDomainAid] = loaded.filter(({ tag }) => tag === AID).map(hex);
  const code = loaded.find(({ tag }) => tag === 0xc4);
  const created = instances ? inside(instances).map((each) => instanceOf(inside(each))) : [];
  return {
    loadPackageAid: loadPackageAid ?? created[0]?.loadPackage,
    instanceAids: created.flatMap(({ instance }) => (instance === undefined ? [] : [instance])),
    securityDomainAid,
    tars: [],
    codeSize: code && tlvValue(code).length,
  };
}
