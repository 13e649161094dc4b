import { Asn1Error, decode, hasBit, setBits } from '../../wire/asn1/index.js';
import {
  EuiccInfo2,
  iccidFromOctets,
  PprId,
  SmdpSigned2,
  StoreMetadataRequest,
} from '../../wire/rsp/index.js';
import type { OfferedProfile } from './download-options.js';
import type { Es9PlusAnswer } from './es9plus-answers.js';
import type { DownloadSession } from './session.js';

/** Reads the offered profile. Cancels the session if the answer cannot be decoded. */
export async function readOffer(
  session: DownloadSession,
  { profileMetadata, smdpSigned2 }: Es9PlusAnswer<'authenticateClient'>,
): Promise<OfferedProfile & { metadata: StoreMetadataRequest }> {
  const step = 'authenticateClient';
  try {
    const metadata = decode(StoreMetadataRequest, profileMetadata);
    const { ccRequiredFlag } = decode(SmdpSigned2, smdpSigned2);
    return {
      iccid: iccidFromOctets(metadata.iccid),
      serviceProviderName: metadata.serviceProviderName,
      profileName: metadata.profileName,
      confirmationCodeRequired: ccRequiredFlag,
      metadata,
    };
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return session.refuse(step, 'undefinedReason', `answer cannot be decoded: ${error.message}`);
  }
}

/** Cancels the session if this eUICC forbids one of the profile's policy rules (SGP.22 2.9.2.4). */
export async function checkPolicyRules(
  session: DownloadSession,
  metadata: StoreMetadataRequest,
): Promise<void> {
  const forbiddenProfilePolicyRules = forbiddenRulesIn(session.euicc.getEuiccInfo2());
  const rules = metadata.profilePolicyRules;
  if (!rules || !forbiddenProfilePolicyRules) return;
  const forbidden = setBits(rules).find(
    (rule) => rule !== PprId.pprUpdateControl && hasBit(forbiddenProfilePolicyRules, rule),
  );
  if (forbidden === undefined) return;
  await session.refuse('authenticateClient', 'pprNotAllowed', `PPR${forbidden} is not allowed on this eUICC`);
}

/**
 * The policy rules that an EUICCInfo2 forbids. None if the EUICCInfo2 cannot be decoded: some tests send such an
 * EUICCInfo2 to the server.
 */
function forbiddenRulesIn(euiccInfo2: Buffer): EuiccInfo2['forbiddenProfilePolicyRules'] {
  try {
    return decode(EuiccInfo2, euiccInfo2).forbiddenProfilePolicyRules;
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    return undefined;
  }
}
