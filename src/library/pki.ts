import type { EuiccRequest, EuiccView } from '../api/index.js';
import type { Asked, CallApi } from './call.js';

/** What clients have to trust. */
export interface PkiCalls {
  /** PEM of the CIs under which eUICCs are accepted. */
  ci(): Promise<string>;
  /** PEM of what a TLS client of the device-facing listener has to trust. */
  tls(): Promise<string>;
  /**
   * The CRL of a CI in DER: it names the certificates that faults call revoked.
   *
   * @param ci key identifier, 40 hex digits; default: the first whose private key is at hand
   * @throws ControlError 404: there is no private key of such a CI
   */
  crl(ci?: string): Promise<Buffer>;
  /**
   * Makes a virtual eUICC, and keeps nothing of it; `smdp.device()` makes a device of one.
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
