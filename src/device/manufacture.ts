import { createPublicKey, type KeyObject } from 'node:crypto';
import { issueEuicc } from '../pki/issue.js';
import { parseCertificate } from '../pki/public.js';
import { isEid } from '../wire/rsp/index.js';
import type { EuiccMaterial, TrustedCi } from './euicc/index.js';
import { findEuiccMaterial, loadTrustedCis, MaterialError, readCertificates, readKeys } from './material.js';

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
 * @throws MaterialError when the folder is missing, or has no manufacturer's key or no CI certificate
 */
export function loadManufacturer(folder: string): Manufacturer {
  const keys = readKeys(folder, 'SK_EUM_');
  for (const certificate of readCertificates(folder, 'CERT_EUM_')) {
    const privateKey = keys.find((key) => createPublicKey(key).equals(certificate.publicKey));
    const ciKeyId = certificate.authorityKeyIdentifier;
    if (!privateKey || !ciKeyId) continue;
    return { eumCertificate: certificate.x509.raw, privateKey, ciKeyId, trustedCis: loadTrustedCis(folder) };
  }
  throw new MaterialError(
    `${folder} has no manufacturer's key (SK_EUM_*); to make new eUICCs, use a PKI that mock-smdp made`,
  );
}

/**
 * Makes an eUICC and issues its certificate (CERT.EUICC.ECDSA, SGP.22 4.5.2.1). The EID may lie outside the range that
 * the manufacturer's certificate allows. Servers must then refuse the eUICC.
 *
 * @param eid 32 digits
 * @param privateKey the eUICC's key. Default: a new one. Load tests give thousands of eUICCs the same key to save time.
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

/**
 * Finds the eUICC with this EID in a PKI folder. If the folder has no such eUICC, the folder's manufacturer makes one.
 *
 * @throws MaterialError when `eid` is not 32 digits, or the folder has neither that eUICC nor a manufacturer's key
 */
export function findOrManufactureEuicc(folder: string, eid: string): EuiccMaterial {
  if (!isEid(eid)) throw new MaterialError(`'${eid}' is not an EID; write 32 digits`);
  return findEuiccMaterial(folder, eid) ?? manufactureEuicc(loadManufacturer(folder), eid);
}
