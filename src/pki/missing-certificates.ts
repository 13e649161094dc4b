import { serverOid } from './chain.js';
import { isIssuedBy, type Material } from './material.js';
import type { Role } from './oids.js';

interface GapOptions {
  /** Whether the SM-DS role is on. */
  readonly withSmds: boolean;
}

const serverRoles: readonly Role[] = ['dpAuth', 'dpPb', 'dpTls'];

/** Says what a set of certificates lacks, one sentence for each gap. Empty if nothing is missing. */
export function gapsIn(material: Material, { withSmds }: GapOptions): string[] {
  if (material.certificates.length === 0) return [];
  const roles: readonly Role[] = withSmds ? [...serverRoles, 'dsAuth', 'dsTls'] : serverRoles;
  return [
    ...withoutCiKey(material),
    ...roles.flatMap((role) => withoutKey(material, role)),
    ...onlyBrainpool(material),
  ];
}

function withoutCiKey(material: Material): string[] {
  const cis = material.withRole('ci');
  if (cis.length === 0)
    return ['No CI certificate (CERT_CI_*): no certificate of the folder can be verified.'];
  if (material.credentials('ci').length > 0) return [];
  const lost = 'server certificates that expire or are for another host name cannot be reissued';
  return [
    `No private key of a CI (SK_CI_*): ${lost}${hasEuicc(material) ? '' : ', and there is no virtual eUICC'}.`,
  ];
}

const hasEuicc = (material: Material): boolean =>
  material.credentials('euicc').length + material.credentials('eum').length > 0;

/**
 * One sentence for each certificate of a role whose private key is missing. Skips a certificate if the same server has
 * another certificate of this role on the same curve, with its private key.
 */
function withoutKey(material: Material, role: Role): string[] {
  const usable = material.credentials(role);
  return material.withRole(role).flatMap(({ file, certificate }) => {
    const isReplaced = usable.some(
      (found) =>
        serverOid(found.certificate) === serverOid(certificate) &&
        found.certificate.curve === certificate.curve,
    );
    return isReplaced || material.credential({ file, certificate })
      ? []
      : [`${file} has no private key in the folder: the server does not use it.`];
  });
}

/** Most devices only know CIs on P-256. */
function onlyBrainpool(material: Material): string[] {
  const identities = material
    .credentials('dpAuth')
    .filter(({ certificate }) =>
      material.withRole('ci').some((ci) => isIssuedBy(certificate, ci.certificate)),
    );
  const isBrainpool =
    identities.length > 0 && identities.every(({ certificate }) => certificate.curve !== 'P-256');
  return isBrainpool
    ? ['No SM-DP+ identity on NIST P-256: eUICCs without a brainpool CI are refused with 8.8.2/3.1.']
    : [];
}
