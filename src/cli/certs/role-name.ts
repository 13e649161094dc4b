import { hasRole, keyPurposes, roles, type Certificate, type Role } from '../../pki/index.js';

const names: Readonly<Record<Role, string>> = {
  ci: 'CI',
  eum: 'EUM',
  euicc: 'eUICC',
  dpAuth: 'SM-DP+ auth',
  dpPb: 'SM-DP+ binding',
  dpTls: 'SM-DP+ TLS',
  dsAuth: 'SM-DS auth',
  dsTls: 'SM-DS TLS',
};

/**
 * Names the role of a certificate by its policies (SGP.22 4.5.2.1). If the certificate has no policy of
 * SGP.22, the key usage decides.
 */
export function roleNameOf(certificate: Certificate): string {
  const role = (Object.keys(roles) as Role[]).find((each) => hasRole(certificate, each));
  if (role) return names[role];
  if (certificate.basicConstraints?.ca) return 'other CA';
  const purposes = certificate.extendedKeyUsage ?? [];
  if (purposes.includes(keyPurposes.serverAuth)) return 'TLS server';
  return purposes.includes(keyPurposes.clientAuth) ? 'TLS client' : 'other';
}
