/** Object identifiers of X.509 and of SGP.22 (2.23.146.1 is GSMA RSP). */

export const algorithms = {
  ecPublicKey: '1.2.840.10045.2.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

/** The supported curves of SGP.22 2.6.7.2, with their names in node:crypto. */
export const curveOids = {
  'P-256': '1.2.840.10045.3.1.7',
  brainpoolP256r1: '1.3.36.3.3.2.8.1.1.7',
} as const;

export type Curve = keyof typeof curveOids;

export const extensionOids = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  /** SGP.22 v3: EUM identification numbers, the first digits of the EIDs of an EUM. */
  permittedEins: '2.23.146.1.2.2.0',
} as const;

export const attributeOids = {
  CN: '2.5.4.3',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
} as const;

export const keyPurposes = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** The certificate policies of each role: first that of SGP.22 v2, then that of v3. */
export const roles = {
  ci: ['2.23.146.1.2.1.0'],
  eum: ['2.23.146.1.2.1.2', '2.23.146.1.2.1.0.0.0'],
  euicc: ['2.23.146.1.2.1.1', '2.23.146.1.2.1.0.0.0.0.0'],
  dpAuth: ['2.23.146.1.2.1.4', '2.23.146.1.2.1.0.0.1.1'],
  dpPb: ['2.23.146.1.2.1.5', '2.23.146.1.2.1.0.0.1.2'],
  dpTls: ['2.23.146.1.2.1.3', '2.23.146.1.2.1.0.0.1.0'],
  dsAuth: ['2.23.146.1.2.1.7', '2.23.146.1.2.1.0.0.2.1'],
  dsTls: ['2.23.146.1.2.1.6', '2.23.146.1.2.1.0.0.2.0'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Role = keyof typeof roles;
