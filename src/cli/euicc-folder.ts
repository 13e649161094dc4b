import { join } from 'node:path';
import { makeFolder } from '../base/make-folder.js';
import type { EuiccMaterial } from '../device/index.js';
import { privateKeyToPem } from '../pki/index.js';
import { writeOnce } from './write-once.js';

const curveToken = (namedCurve: string | undefined): string =>
  namedCurve === 'prime256v1' || namedCurve === 'P-256' ? 'NIST' : 'BRP';

/**
 * Writes an eUICC to a folder under SGP.26 file names: its key (mode 0600), its certificate, its manufacturer's
 * certificate, and the CIs that it trusts. Overwrites no existing file.
 *
 * @returns the paths of the files
 * @throws CliError if one of the files exists
 */
export function writeEuiccFolder(folder: string, { credentials, trustedCis }: EuiccMaterial): string[] {
  makeFolder(folder);
  const written: string[] = [];
  const write = (name: string, content: Buffer | string, mode = 0o644): void => {
    const path = join(folder, name);
    writeOnce(path, content, mode);
    written.push(path);
  };
  for (const { privateKey, euiccCertificate, eumCertificate } of credentials) {
    const token = curveToken(privateKey.asymmetricKeyDetails?.namedCurve);
    write(`SK_EUICC_ECDSA_${token}.pem`, privateKeyToPem(privateKey), 0o600);
    write(`CERT_EUICC_ECDSA_${token}.der`, euiccCertificate);
    write(`CERT_EUM_ECDSA_${token}.der`, eumCertificate);
  }
  trustedCis.forEach(({ x509, curve }, index) => {
    const sameCurve = trustedCis.slice(0, index).filter((ci) => ci.curve === curve).length;
    const suffix = sameCurve === 0 ? '' : `_${sameCurve + 1}`;
    write(`CERT_CI_ECDSA_${curveToken(curve)}${suffix}.der`, x509.raw);
  });
  return written;
}
