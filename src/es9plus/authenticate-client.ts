import { encode, received } from '../asn1/index.js';
import { base64, structure, text, type RequestBody } from '../json-binding/index.js';
import { admitDownload, checkEligibility, decideOn, findOrder, type PreparedType } from '../orders/index.js';
import type { Exchange } from '../exchanges/index.js';
import { signPlain, verifyPlain, type VerifiedEuicc } from '../pki/index.js';
import {
  AuthenticateServerResponse,
  Refusal,
  Signature,
  SmdpSigned2,
  swapNibbles,
  transactionIdToText,
} from '../rsp/index.js';
import type { Binding, Change, Profile, RspSession, SessionChanges } from '../store/index.js';
import type { Es9PlusContext } from './context.js';
import { identityOf } from './identity.js';
import { endSession, ongoingSession, requireSameTransaction } from './session.js';

type ResponseOk = Extract<
  AuthenticateServerResponse,
  { authenticateResponseOk: unknown }
>['authenticateResponseOk'];

/**
 * ES9+.AuthenticateClient (SGP.22 5.6.3): the eUICC proves who it is and which profile it wants; the answer says what it
 * would get. Whatever is refused here ends the session: the LPA begins with initiateAuthentication again.
 */
export async function authenticateClient(
  context: Es9PlusContext,
  body: RequestBody,
  exchange: Exchange,
): Promise<object> {
  // SGP.22 5.6.3 (1): the TransactionId relates to an ongoing session
  const transactionId = text(body, 'transactionId');
  const session = await ongoingSession(context, transactionId, 'initiated');
  exchange.passed('5.6.3 (1)', 'TransactionId relates to an ongoing session');
  const response = structure(body, 'authenticateServerResponse', AuthenticateServerResponse);
  try {
    exchange.learn({ transactionId: transactionId.toUpperCase() });
    if ('authenticateResponseError' in response) {
      const { authenticateErrorCode } = response.authenticateResponseError;
      throw new Refusal(
        '8.1/6.1',
        `eUICC refused the server: authenticateErrorCode ${authenticateErrorCode}`,
      );
    }
    const ok = response.authenticateResponseOk;
    const euicc = verifyEuicc(context, session, ok, exchange);
    return {
      transactionId: transactionId.toUpperCase(),
      ...(await offerProfile(context, session, ok, euicc, exchange)),
    };
  } catch (error) {
    if (error instanceof Refusal) await endSession(context, session);
    throw error;
  }
}

/** Who the eUICC is, from its certificates and its signature. */
function verifyEuicc(
  context: Es9PlusContext,
  session: RspSession,
  response: ResponseOk,
  exchange: Exchange,
): VerifiedEuicc {
  const { euiccSigned1, euiccSignature1, euiccCertificate, eumCertificate } = response;

  // SGP.22 5.6.3 (2): CERT.EUM and CERT.EUICC are valid, up to the CI of the session
  const euicc = context.pki.verifyEuicc({
    euiccCertificate,
    eumCertificate,
    sessionCiKeyId: session.euiccCiKeyId,
    now: context.clock.now(),
  });
  exchange.passed('5.6.3 (2)', 'CERT.EUM and CERT.EUICC are valid');

  // SGP.22 5.6.3 (3): euiccSignature1 is the eUICC's, over the octets as received
  if (!verifyPlain(euicc.publicKey, [received(euiccSigned1)], euiccSignature1)) {
    throw new Refusal('8.1/6.1', 'euiccSignature1 does not verify');
  }
  exchange.passed('5.6.3 (3)', 'euiccSignature1 verifies');

  // SGP.22 5.6.3 (4): TransactionId, challenge and address are those of the session
  requireSameTransaction(session, euiccSigned1.transactionId);
  if (!euiccSigned1.serverChallenge.equals(session.serverChallenge)) {
    throw new Refusal('8.1/6.1', 'serverChallenge is not that of the session');
  }
  if (euiccSigned1.serverAddress !== session.serverAddress) {
    throw new Refusal('8.1/6.1', 'serverAddress is not that of the session');
  }
  exchange.passed('5.6.3 (4)', 'TransactionId, serverChallenge and serverAddress are those of the session');
  return euicc;
}

/** The order that the device means, and the answer that offers it. */
async function offerProfile(
  context: Es9PlusContext,
  session: RspSession,
  response: ResponseOk,
  euicc: VerifiedEuicc,
  exchange: Exchange,
): Promise<object> {
  const { store, profileTypes, clock } = context;
  const { euiccInfo2, ctxParams1 } = response.euiccSigned1;
  const { matchingId, deviceInfo } = ctxParams1.ctxParamsForCommonAuthentication;
  const { eid, publicPoint } = euicc;
  const { transactionId } = session;
  const attempt = { eid, transactionId, now: clock.now().getTime() };
  exchange.learn({ eid, matchingId, tac: swapNibbles(deviceInfo.tac).toString('hex') });

  const requireEligible = (type: PreparedType, profile: Profile): void =>
    checkEligibility(type.requirements(profile), euiccInfo2, deviceInfo);
  const isEligible = async (profile: Profile): Promise<boolean> => {
    const type = await profileTypes.get(profile.profileType);
    try {
      requireEligible(type, profile);
      return true;
    } catch {
      return false;
    }
  };

  return decideOn<{ profile: Profile }, object>(
    store,
    async () => {
      // SGP.22 5.6.3 (5): the session is still at this point, and there is a pending order
      await ongoingSession(context, transactionIdToText(transactionId), 'initiated');
      return { profile: await findOrder(store, matchingId, eid, attempt.now, isEligible) };
    },
    async ({ profile }) => {
      exchange.learn({ iccid: profile.iccid, profileId: profile.id });
      const type = await profileTypes.get(profile.profileType);
      const proceedTo = (set: SessionChanges): Change[] => [
        { kind: 'updateSession', transactionId, from: 'initiated', set },
      ];

      // SGP.22 5.6.3 (6), 3.1.3: EID, state, validity, attempts, eligibility
      const binding = await store.binding(profile.id, eid);
      const installedBefore = binding !== undefined && binding.installedAt !== null;
      const admission = admitDownload(profile, { ...attempt, installedBefore }, () =>
        requireEligible(type, profile),
      );
      if (admission.refusal) return { ...admission, along: proceedTo({ state: 'ended' }), value: {} };
      exchange.passed('5.6.3 (6)', 'the order is pending for this EID, and the eUICC is eligible');

      // SGP.22 5.6.3 (7): smdpSigned2, signed with SK.DPpb over itself and euiccSignature1
      const ccRequired = profile.confirmationCodeHash !== null;
      const bppEuiccOtpk = keptEuiccOtpk(binding);
      const smdpSigned2 = encode(
        SmdpSigned2,
        exchange.edit('smdpSigned2', { transactionId, ccRequiredFlag: ccRequired, bppEuiccOtpk }),
      );
      const { pb } = identityOf(context, session);
      const signature = signPlain(pb.key, [smdpSigned2, received(response.euiccSignature1)]);
      const smdpSignature2 = encode(Signature, exchange.edit('smdpSignature2', signature));
      const profileMetadata = exchange.edit('profileMetadata', type.metadata(profile));

      return {
        ...admission,
        along: proceedTo({
          state: 'authenticated',
          eid,
          euiccPublicPoint: publicPoint,
          profileId: profile.id,
          ccRequired,
          smdpSignature2,
          profileMetadata,
        }),
        value: {
          profileMetadata: base64(profileMetadata),
          smdpSigned2: base64(smdpSigned2),
          smdpSignature2: base64(smdpSignature2),
          smdpCertificate: base64(exchange.edit('smdpCertificate', pb.certificate.der)),
        },
      };
    },
  );
}

/** otPK.EUICC of the last BPP for this profile and eUICC, which the eUICC may use again (SGP.22 5.6.3, bppEuiccOtpk). */
const keptEuiccOtpk = (binding: Binding | undefined): Buffer | undefined =>
  binding?.smdpOtsk ? binding.euiccOtpk : undefined;
