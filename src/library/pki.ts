import type { EuiccRequest, EuiccView } from '../api/index.js';
import type { Asked, CallApi } from './call.js';

/** Certificates that clients must trust, CRLs, and new eUICCs. All calls throw ControlError. */
export interface PkiCalls {
  /** Gets the CIs whose eUICCs the server accepts, as PEM. */
  ci(): Promise<string>;
  /** Gets the CAs that a TLS client of the device-facing listener must trust, as PEM. */
  tls(): Promise<string>;
  /**
   * Gets the CRL of a CI as DER. The CRL revokes the certificate that the MatchingID CERT-REVOKED selects.
   *
   * @param ci key identifier of the CI, 40 hex digits; default: the first CI whose private key is in the PKI folder
   * @throws ControlError 404: the PKI folder has no private key of this CI
   */
  crl(ci?: string): Promise<Buffer>;
  /**
   * Makes keys and certificates of a virtual eUICC. The server does not keep these keys and certificates. `smdp.device()` makes a device
   * with them.
   *
   * @throws ControlError 409: the PKI folder has no manufacturer's private key
   */
  euicc(request?: Asked<EuiccRequest>): Promise<EuiccView>;
}

export const pkiBy = (call: CallApi): PkiCalls => ({
  ci: () => call('GET', '/pki/ci.pem'),
  tls: () => call('GET', '/pki/tls.pem'),
  crl: (ci) => call('GET', '/pki/crl', { query: { ci } }),
  euicc: (request = {}) => call('POST', '/pki/euicc', { body: request }),
});
