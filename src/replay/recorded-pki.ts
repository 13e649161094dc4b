import type { RecordedSurroundings } from '../api/recording/index.js';
import {
  EumCache,
  parseCertificate,
  Revocations,
  selectIdentity,
  serverOid,
  verifyEuiccChain,
  type Certificate,
  type ServerIdentity,
  type ServerPki,
  type Signer,
  type SigningKey,
  type SmdpIdentity,
} from '../pki/index.js';
import { ReplayFileError, wrongAt } from './errors.js';

/**
 * The public part of the recorded server's PKI.
 *
 * @param signerFor makes the signer that replaces the private key of a certificate
 * @throws ReplayFileError
 */
export function recordedPki(
  { ci, crl, smdp, smds }: RecordedSurroundings['certificates'],
  signerFor: (certificate: Certificate) => Signer,
): ServerPki {
  const trustedCis = ci.map((der, index) => certificateAt(`certificates.ci.${index}`, der));
  const revocations = revocationsIn(crl, trustedCis);
  const credentialAt = (place: string, encoded: string) => {
    const certificate = certificateAt(place, encoded);
    return { certificate, key: signerFor(certificate) };
  };
  const serverAt = (place: string, auth: string): ServerIdentity<SigningKey> => {
    const credential = credentialAt(`${place}.auth`, auth);
    return { ...ownerOf(`${place}.auth`, credential.certificate, trustedCis), auth: credential };
  };
  const identities = smdp.map(({ auth, pb }, index): SmdpIdentity<SigningKey> => ({
    ...serverAt(`certificates.smdp.${index}`, auth),
    pb: credentialAt(`certificates.smdp.${index}.pb`, pb),
  }));
  const cache = new EumCache();
  return {
    trustedCis,
    smds: { identities: smds.map(({ auth }, index) => serverAt(`certificates.smds.${index}`, auth)) },
    identityFor: (...lists) => selectIdentity(trustedCis, identities, ...lists),
    identityUnder: (ciKeyId) => identities.find(({ ci: { subjectKeyId } }) => subjectKeyId!.equals(ciKeyId)),
    verifyEuicc: (chain) => verifyEuiccChain({ ...chain, trustedCis, revocations, cache }),
  };
}

function certificateAt(place: string, encoded: string): Certificate {
  try {
    const certificate = parseCertificate(Buffer.from(encoded, 'base64'));
    // Reads the key now, so that an invalid key is reported with its place in the file.
    void certificate.publicKey;
    return certificate;
  } catch (error) {
    throw wrongAt(place, error);
  }
}

function ownerOf(
  place: string,
  certificate: Certificate,
  trustedCis: readonly Certificate[],
): { readonly ci: Certificate; readonly oid: string } {
  const { authorityKeyId } = certificate;
  const ci = trustedCis.find(({ subjectKeyId }) => authorityKeyId && subjectKeyId?.equals(authorityKeyId));
  const oid = serverOid(certificate);
  if (!ci) throw new ReplayFileError(`${place}: the CI of the certificate is not among certificates.ci`);
  if (oid === undefined) throw new ReplayFileError(`${place}: the certificate has no OID of its server`);
  return { ci, oid };
}

function revocationsIn(lists: readonly string[], trustedCis: readonly Certificate[]): Revocations {
  const revocations = new Revocations();
  lists.forEach((list, index) => {
    try {
      revocations.add(Buffer.from(list, 'base64'), trustedCis);
    } catch (error) {
      throw wrongAt(`certificates.crl.${index}`, error);
    }
  });
  return revocations;
}
