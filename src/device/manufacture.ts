import { createPublicKey, type KeyObject } from 'node:crypto';
import { issueEuicc } from '../pki/issue.js';
import { parseCertificate } from '../pki/public.js';
import { isEid } from '../wire/rsp/index.js';
import type { EuiccMaterial, TrustedCi } from './euicc/index.js';
import { findEuiccMaterial, loadTrustedCis, MaterialError, readCertificates, readKeys } from './material.js';

/** An eUICC manufacturer whose private key is at hand, so that it can make eUICCs with any EID. */
export interface Manufacturer {
  /** CERT.EUM.ECDSA, DER. */
  readonly eumCertificate: Buffer;
  readonly privateKey: KeyObject;
  /** Key id of the CI that it is under. */
  readonly ciKeyId: Buffer;
  readonly trustedCis: readonly TrustedCi[];
}

/** The manufacturer of a PKI folder: `CERT_EUM_*` with `SK_EUM_*`.
 *
 * @throws MaterialError when the folder has no manufacturer's key
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
    `${folder} has no manufacturer's key (SK_EUM_*); new eUICCs need a PKI that this project made`,
  );
}

/**
 * Makes an eUICC. Its EID need not lie in the manufacturer's range: servers have to see that for themselves.
 *
 * @param privateKey a key to use again, for load tests with thousands of eUICCs; default: a fresh one
 * @throws MaterialError when `eid` is not 32 digits
 */
export function manufactureEuicc(
  { eumCertificate, privateKey: eumKey, ciKeyId, trustedCis }: Manufacturer,
  eid: string,
  privateKey?: KeyObject,
): EuiccMaterial {
  if (!isEid(eid)) throw new MaterialError(`'${eid}' is no EID; write 32 digits`);
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
 * The eUICC of a PKI folder with this EID or, where it has none, one that its manufacturer makes.
 *
 * @throws MaterialError when `eid` is not 32 digits, or the folder has neither that eUICC nor a manufacturer's key
 */
export function euiccOf(folder: string, eid: string): EuiccMaterial {
  if (!isEid(eid)) throw new MaterialError(`'${eid}' is no EID; write 32 digits`);
  return findEuiccMaterial(folder, eid) ?? manufactureEuicc(loadManufacturer(folder), eid);
}
