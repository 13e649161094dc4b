import { createPublicKey, type KeyObject } from 'node:crypto';
import { issueEuicc, issueEumOf } from '../pki/issue.js';
import { eidRangesOf, parseCertificate } from '../pki/public.js';
import { isEid } from '../wire/rsp/index.js';
import type { CardCertificate, EuiccMaterial, TrustedCi } from './euicc/index.js';
import { loadTrustedCis, MaterialError, readCertificates, readKeys } from './material.js';

/** An eUICC manufacturer (EUM) with its private key. It can make eUICCs with any EID. */
export interface Manufacturer {
  /** CERT.EUM.ECDSA, DER. */
  readonly eumCertificate: Buffer;
  /** SK.EUM.ECDSA. */
  readonly privateKey: KeyObject;
  /** Subject key identifier of the CI that issued `eumCertificate`. */
  readonly ciKeyId: Buffer;
  /** The CIs that the manufactured eUICCs trust. */
  readonly trustedCis: readonly TrustedCi[];
}

/**
 * Reads the manufacturer from a PKI folder: `CERT_EUM_*` with its key `SK_EUM_*`.
 *
 * @param eid 32 digits: the EID of an eUICC to make. If no manufacturer in the folder may issue this EID, the CI
 * certifies a new manufacturer for the first 8 digits of the EID. This needs the CI's key (`SK_CI_*`) in the folder.
 * @throws MaterialError when the folder is missing, or has no key that can make the eUICC, or no CI certificate
 */
export function loadManufacturer(folder: string, eid?: string): Manufacturer {
  const [manufacturer] = loadManufacturers(folder, eid);
  if (manufacturer) return manufacturer;
  const orCi = eid === undefined ? '' : " or CI's key (SK_CI_*)";
  throw new MaterialError(
    `${folder} has no manufacturer's key (SK_EUM_*)${orCi}; to make new eUICCs, use a PKI that mock-smdp made`,
  );
}

/**
 * Like {@link loadManufacturer}, but reads one manufacturer for each CI: P-256 first, then brainpoolP256r1.
 *
 * @throws MaterialError when the folder is missing or has no CI certificate
 */
export function loadManufacturers(folder: string, eid?: string): Manufacturer[] {
  const trustedCis = loadTrustedCis(folder);
  const found = withKeys(folder, 'EUM').flatMap(({ certificate, key }): Manufacturer[] => {
    const ciKeyId = certificate.authorityKeyIdentifier;
    return ciKeyId ? [{ eumCertificate: certificate.x509.raw, privateKey: key, ciKeyId, trustedCis }] : [];
  });
  if (eid === undefined) return onePerCi(found);
  const permitted = found.filter((manufacturer) => mayIssue(manufacturer, eid));
  const lacking = withKeys(folder, 'CI').filter(
    ({ certificate: { subjectKeyIdentifier } }) =>
      subjectKeyIdentifier && !permitted.some(({ ciKeyId }) => ciKeyId.equals(subjectKeyIdentifier)),
  );
  const made = lacking.map(({ certificate, key }): Manufacturer => {
    const eum = issueEumOf({ certificate: parseCertificate(certificate.x509.raw), key }, eid);
    const { subjectKeyIdentifier: ciKeyId } = certificate;
    return { eumCertificate: eum.der, privateKey: eum.key, ciKeyId: ciKeyId!, trustedCis };
  });
  return onePerCi([...permitted, ...made, ...found]);
}

/** The first manufacturer of each CI, P-256 first. */
function onePerCi(manufacturers: readonly Manufacturer[]): Manufacturer[] {
  const first = new Map<string, Manufacturer>();
  for (const each of manufacturers) {
    const name = each.ciKeyId.toString('hex');
    if (!first.has(name)) first.set(name, each);
  }
  const isP256 = ({ privateKey }: Manufacturer): boolean =>
    privateKey.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return [...first.values()].sort((a, b) => Number(isP256(b)) - Number(isP256(a)));
}

/** Whether a manufacturer's certificate permits an EID (SGP.22 4.5.2.1.0.2). */
export function mayIssue({ eumCertificate }: Pick<Manufacturer, 'eumCertificate'>, eid: string): boolean {
  const ranges = eidRangesOf(parseCertificate(eumCertificate));
  return ranges.length === 0 || ranges.some((range) => eid.startsWith(range));
}

/** The certificates of one kind whose private keys are in the same PKI folder. */
function withKeys(folder: string, kind: 'EUM' | 'CI'): { certificate: CardCertificate; key: KeyObject }[] {
  const keys = readKeys(folder, `SK_${kind}_`);
  return readCertificates(folder, `CERT_${kind}_`).flatMap((certificate) => {
    const key = keys.find((each) => createPublicKey(each).equals(certificate.publicKey));
    return key ? [{ certificate, key }] : [];
  });
}

/**
 * Makes an eUICC and issues its certificate (CERT.EUICC.ECDSA, SGP.22 4.5.2.1). If the manufacturer's certificate does
 * not allow the EID, servers must refuse the eUICC.
 *
 * @param eid 32 digits
 * @param privateKey the eUICC's key. Default: a new key. Load tests give thousands of eUICCs the same key to save time.
 * @example
 *     const eum = loadManufacturer('certs');
 *     const device = createVirtualDevice({ material: manufactureEuicc(eum, '89049032000000000000000000000042') });
 * @throws MaterialError when `eid` is not 32 digits
 */
export function manufactureEuicc(
  { eumCertificate, privateKey: eumKey, ciKeyId, trustedCis }: Manufacturer,
  eid: string,
  privateKey?: KeyObject,
): EuiccMaterial {
  if (!isEid(eid)) throw new MaterialError(`'${eid}' is not an EID; write 32 digits`);
  const eum = { certificate: parseCertificate(eumCertificate), key: eumKey };
  const euicc = issueEuicc(eum, eid, privateKey ? { key: privateKey } : {});
  const credential = {
    ciKeyId,
    privateKey: euicc.key,
    euiccCertificate: euicc.certificate.der,
    eumCertificate,
  };
  return { eid, credentials: [credential], trustedCis };
}
