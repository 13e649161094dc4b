import { isEid } from '../../wire/rsp/index.js';
import type { EuiccMaterial, EuiccTraits, TrustedCi } from '../euicc/index.js';
import { loadManufacturers, manufactureEuicc } from '../manufacture.js';
import { findEuiccMaterial, loadEuiccMaterial, MaterialError } from '../material.js';
import type { CardProperties } from './properties.js';

/** Properties that select keys, certificates and CIs. */
type Identity = Pick<CardProperties, 'eid' | 'curve' | 'verificationCis' | 'signingCis'>;

/**
 * Finds the eUICC with this EID in a PKI folder. Without an EID, finds the folder's first eUICC. If the folder lacks
 * the EID, makes the eUICC in memory. This eUICC has a certificate under each CI for which the folder has the CI's key
 * or a manufacturer's key.
 *
 * @throws MaterialError, which says what the folder lacks
 */
export function cardMaterial(folder: string, { eid }: Pick<CardProperties, 'eid'>): EuiccMaterial {
  if (eid === undefined) return loadEuiccMaterial(folder);
  return findEuiccMaterial(folder, eid) ?? manufactured(folder, eid);
}

function manufactured(folder: string, eid: string): EuiccMaterial {
  if (!isEid(eid)) throw new MaterialError(`'${eid}' is not an EID; write 32 digits`);
  const made = loadManufacturers(folder, eid).map((each) => manufactureEuicc(each, eid));
  const [first] = made;
  if (!first) {
    throw new MaterialError(
      `${folder} has no eUICC ${eid}, and no manufacturer's key (SK_EUM_*) or CI's key (SK_CI_*) to make it; use a PKI that mock-smdp made`,
    );
  }
  return { ...first, credentials: made.flatMap(({ credentials }) => credentials) };
}

/**
 * Selects the certificates and CIs that the properties name, in the order of the properties.
 *
 * @throws MaterialError if no certificate or no CI is left on the requested curve
 */
export function arranged(
  material: EuiccMaterial,
  { curve, verificationCis, signingCis }: Identity,
): EuiccMaterial {
  const inCurve =
    curve === undefined ? material.trustedCis : material.trustedCis.filter((ci) => isOn(ci, curve));
  const credentials = material.credentials.filter(
    ({ privateKey }) =>
      curve === undefined || opensslName[curve] === privateKey.asymmetricKeyDetails?.namedCurve,
  );
  if (curve !== undefined && (inCurve.length === 0 || credentials.length === 0)) {
    throw new MaterialError(`curve: eUICC ${material.eid} has no certificate or no CI on ${curve}`);
  }
  const keyIds = (names: readonly string[]): Buffer[] => keyIdsOf(names, material.trustedCis);
  return {
    eid: material.eid,
    credentials: signingCis
      ? keyIds(signingCis).flatMap((id) => credentials.filter(({ ciKeyId }) => ciKeyId.equals(id)))
      : credentials,
    trustedCis: verificationCis
      ? keyIds(verificationCis).flatMap((id) =>
          inCurve.filter(({ subjectKeyIdentifier }) => subjectKeyIdentifier.equals(id)),
        )
      : inCurve,
  };
}

/** The lists of CIs that EUICCInfo shows. These lists may name CIs that the eUICC does not have. */
export function listedCis(
  { trustedCis }: Pick<EuiccMaterial, 'trustedCis'>,
  { verificationCis, signingCis }: Identity,
): Pick<EuiccTraits, 'verificationCiKeyIds' | 'signingCiKeyIds'> {
  return {
    ...(verificationCis && { verificationCiKeyIds: keyIdsOf(verificationCis, trustedCis) }),
    ...(signingCis && { signingCiKeyIds: keyIdsOf(signingCis, trustedCis) }),
  };
}

const opensslName = { 'P-256': 'prime256v1', brainpoolP256r1: 'brainpoolP256r1' } as const;

const isOn = ({ curve }: TrustedCi, name: keyof typeof opensslName): boolean => curve === opensslName[name];

/**
 * The key identifiers of the named CIs. A name is a key identifier in hex, or a curve, which stands for all CIs on that
 * curve.
 */
function keyIdsOf(names: readonly string[], cis: readonly TrustedCi[]): Buffer[] {
  const ids = names.flatMap((name) =>
    name === 'P-256' || name === 'brainpoolP256r1'
      ? cis.filter((ci) => isOn(ci, name)).map((ci) => ci.subjectKeyIdentifier.toString('hex'))
      : [name.toLowerCase()],
  );
  return [...new Set(ids)].map((id) => Buffer.from(id, 'hex'));
}
